import { S3Client } from '@aws-sdk/client-s3';
import { CommandError } from './command-error.ts';
import { emptyBucket } from './empty-bucket.ts';
import { readAccount } from './read-account.ts';
import { readOptions } from './read-options.ts';
import { runCommand } from './run-command.ts';
import { runCdk } from './run-program.ts';
import { StacksOfAccount } from './stacks-of-account.ts';
import { synthesize } from './synthesize.ts';

await runCommand((command) =>
  command
    .name('npm run destroy --')
    .description('Removes what works. Buckets, warehouse, topic and keys stay, unless --delete-data says otherwise.')
    .option('--delete-data <stage>', 'deletes all data of the deployment too, for good; name the stage once more')
    .action(async (given) => {
      const { stage } = await readOptions(given);
      if (given.deleteData !== undefined && given.deleteData !== stage) {
        throw new CommandError(
          `--delete-data says "${given.deleteData}", but the stage is "${stage}": nothing was removed. To delete all of its data: npm run destroy -- --stage ${stage} --delete-data ${stage}`,
          2,
        );
      }
      const { account, region } = await readAccount();
      process.stdout.write(`Removing Weir "${stage}" from account ${account}, region ${region}.\n`);
      const stacks = new StacksOfAccount();
      await removeWorkers(stacks, stage);
      if (given.deleteData === undefined) await tellWhatStays(stacks, stage);
      else await deleteData(stacks, stage);
    }),
);

async function removeWorkers(stacks: StacksOfAccount, stage: string): Promise<void> {
  const name = `weir-${stage}-stateless`;
  if (!(await stacks.exists(name))) return void process.stdout.write(`There is no stack ${name} (any more).\n`);
  process.stdout.write(`Deleting the stack ${name} ...\n`);
  await stacks.delete(name);
}

async function tellWhatStays(stacks: StacksOfAccount, stage: string): Promise<void> {
  const name = `weir-${stage}-stateful`;
  if (!(await stacks.exists(name))) return;
  const buckets = await stacks.buckets(name);
  process.stdout.write(
    `The stack ${name} stays, with the facts in Redshift, the topic, two keys and these buckets:\n` +
      `${buckets.map((bucket) => `  ${bucket}\n`).join('')}` +
      'They go on costing storage and two dollars a month for the keys. "npm run deploy" takes them up again.\n' +
      `To delete all of it for good: npm run destroy -- --stage ${stage} --delete-data ${stage}\n`,
  );
}

/** First the stack learns that it may delete what it was told to keep; then it is emptied and deleted. */
async function deleteData(stacks: StacksOfAccount, stage: string): Promise<void> {
  const name = `weir-${stage}-stateful`;
  if (!(await stacks.exists(name))) return void process.stdout.write(`There is no stack ${name} (any more).\n`);
  const assembly = await synthesize(await readOptions({ stage, dataRemoval: 'destroy' }), 'placeholder');
  await runCdk(
    ['deploy', '--app', assembly, name, '--exclusively', '--require-approval', 'never'],
    `Preparing ${name}`,
  );

  const s3 = new S3Client({});
  for (let attempt = 1; ; attempt++) {
    for (const bucket of await stacks.buckets(name)) {
      process.stdout.write(`Emptied ${bucket}: ${await emptyBucket(s3, bucket)} versions.\n`);
    }
    process.stdout.write(`Deleting the stack ${name} ...\n`);
    try {
      return await stacks.delete(name);
    } catch (error) {
      // Access logs arrive hours late, also in a bucket that was just emptied.
      if (attempt === 3) {
        throw new CommandError(
          `The stack ${name} could not be deleted: ${(error as Error).message}. Look at its events in CloudFormation, then run this command again.`,
        );
      }
    }
  }
}
