import { readOptions } from './read-options.ts';
import { runCommand } from './run-command.ts';
import { synthesize } from './synthesize.ts';

await runCommand((command) =>
  command
    .name('npm run synth --')
    .description('Writes the CloudFormation templates. Needs no account, no network and no Docker.')
    .option('--email <address>', 'who would get notices and alarms')
    .option('--config <file>', 'the file whose policy is deployed: weir.config.json, see docs/configuration.md')
    .option('--profile <name>', 'the profile of that file')
    .action(async (given) => {
      const outdir = await synthesize(await readOptions(given), 'placeholder');
      process.stdout.write(
        `The templates are in ${outdir}: weir-${given.stage}-stateful.template.json and weir-${given.stage}-stateless.template.json.\n` +
          'They are for looking at: the wheel of Node is a placeholder in them. "npm run deploy" makes its own.\n',
      );
    }),
);
