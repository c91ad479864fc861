import { join } from 'node:path';
import type { DeploymentOptions } from '../deployment-options.ts';
import { CommandError } from './command-error.ts';
import { downloadNodeWheel } from './download-node-wheel.ts';
import { type Account, readAccount } from './read-account.ts';
import { readOptions } from './read-options.ts';
import { PLACES, runCommand } from './run-command.ts';
import { root, runCdk } from './run-program.ts';
import { StacksOfAccount } from './stacks-of-account.ts';
import { synthesize } from './synthesize.ts';

await runCommand((command) =>
  command
    .name('npm run deploy --')
    .description('Deploys Weir to the AWS account and region of this machine, or brings a deployment up to date.')
    .option('--email <address>', 'who gets notices and alarms; required')
    .option('--base-capacity <rpu>', 'RPU of the warehouse while it works', '8')
    .option('--max-capacity <rpu>', 'RPU that it may grow to (default: 32, or the base where that is more)')
    .option('--daily-rpu-hours <hours>', 'RPU hours a day after which it stops until the next day', '32')
    .option('--glue-workers <count>', 'workers of a run, the one of the driver included', '2')
    .option('--config <file>', 'the file whose policy is deployed: weir.config.json, see docs/configuration.md')
    .option('--profile <name>', 'the profile of that file')
    .action(async (given) => {
      const options = await readOptions(given);
      if (options.email === undefined) {
        throw new CommandError('Say who gets notices and alarms: npm run deploy -- --email you@example.com', 2);
      }
      const account = await readAccount();
      process.stdout.write(explain(options, account));

      await downloadNodeWheel();
      const assembly = await synthesize(options, 'real');
      if (!(await new StacksOfAccount().exists('CDKToolkit'))) {
        await runCdk(['bootstrap', `aws://${account.account}/${account.region}`], 'Preparing the account for CDK');
      }
      await runCdk(
        [
          ...['deploy', '--app', assembly, '--all', '--require-approval', 'never', '--progress', 'events'],
          ...['--outputs-file', join(root, PLACES.outputs)],
        ],
        'The deployment',
      );
      process.stdout.write(whatNext(options));
    }),
);

function explain(
  { stage, email, baseCapacity, dailyRpuHours }: DeploymentOptions,
  { account, region }: Account,
): string {
  return `Deploying Weir as "${stage}" to account ${account}, region ${region}: two stacks, weir-${stage}-stateful (buckets,
Redshift Serverless, topic, keys) and weir-${stage}-stateless (queues, functions, Glue job, rules, alarms).
Notices and alarms go to ${email}. A first deployment takes about 15 minutes.
Idle, it costs about 0.20 dollars a day (keys, alarms, secrets, polling). Redshift works with ${baseCapacity} RPU and
is paid for while it works, at most ${dailyRpuHours} RPU hours a day. docs/aws/cost.md has the arithmetic.
`;
}

function whatNext({ stage, email }: DeploymentOptions): string {
  return `
Deployed. What is left to do:
1. ${email} got a mail "AWS Notification - Subscription Confirmation": confirm it, or nobody is told anything.
2. Upload the dimensions, then transactions: the commands are the outputs UploadDimensions and UploadTransactions of
   weir-${stage}-stateful, above and in ${PLACES.outputs}.
docs/aws/set-up.md goes on from here; docs/aws/operations.md is for when something is wrong.
`;
}
