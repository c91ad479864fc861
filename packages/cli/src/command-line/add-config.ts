import type { Command } from 'commander';
import { addPlaceOptions } from './add-places.ts';
import { examples } from './examples.ts';
import type { Start } from './start.ts';

export function addConfig(program: Command, start: Start): void {
  const config = program
    .command('config')
    .summary('the configuration that is in force')
    .description('The configuration: weir.config.ts or weir.config.json of this folder, or the file of --config.')
    .addHelpText('after', examples('weir config show', 'weir config schema > weir.config.schema.json'));
  addPlaceOptions(config.command('show'))
    .summary('prints the policy, the places and the database in force, and where each comes from')
    .description(
      'Prints the policy, the places and the database that the other commands would use, where each comes from (flag, ' +
        'profile, environment, file, default), and the hash of the policy that every run records. Never a secret.',
    )
    .addHelpText('after', examples('weir config show', 'weir config show --profile prod', 'weir config show --json'))
    .action((options) => start(async () => (await import('../commands/show-config.ts')).showConfig, options));
  config
    .command('schema')
    .summary('prints the JSON schema of the file, with which editors complete and check it')
    .description(
      'Prints the JSON schema of weir.config.json. A file that begins with {"$schema": "./weir.config.schema.json"} is then ' +
        'completed and checked by editors.',
    )
    .addHelpText('after', examples('weir config schema > weir.config.schema.json'))
    .action(() =>
      start(async () => (await import('../commands/show-config-schema.ts')).showConfigSchema, {}, 'nothing'),
    );
}
