import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { GlueClient, StartJobRunCommand } from '@aws-sdk/client-glue';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from '@jest/globals';
import { type AwsSimulator, type FaultOptions, type GlueRunner, startAwsSimulator } from '../src/index.ts';

const runner: GlueRunner = async ({ arguments: given }) =>
  given['--fault'] === undefined ? { state: 'SUCCEEDED' } : { state: 'FAILED', message: given['--fault'] };

/** Starts runs with these arguments one after the other and returns the events that a rule lets through to a queue. */
async function eventsOf(
  faults: FaultOptions,
  ...runs: readonly Record<string, string>[]
): Promise<readonly AnyEvent[]> {
  const simulator = await startAwsSimulator({ faults, glue: { jobs: { load: { runner } } } });
  const [events, glue, sqs] = [EventBridgeClient, GlueClient, SQSClient].map(
    (Client) => new Client(simulator.clientConfig),
  ) as [EventBridgeClient, GlueClient, SQSClient];
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'ended' }));
  const EventPattern = JSON.stringify({ source: ['aws.glue'], 'detail-type': ['Glue Job State Change'] });
  await events.send(new PutRuleCommand({ Name: 'ended', EventPattern }));
  const Arn = `arn:aws:sqs:${simulator.context.region}:${simulator.context.account}:ended`;
  await events.send(new PutTargetsCommand({ Rule: 'ended', Targets: [{ Id: 'queue', Arn }] }));
  for (const Arguments of runs) {
    await glue.send(new StartJobRunCommand({ JobName: 'load', Arguments }));
    await settle(simulator);
  }
  const received: AnyEvent[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) break;
    received.push(...Messages.map(({ Body }) => JSON.parse(Body!)));
  }
  for (const client of [events, glue, sqs]) client.destroy();
  await simulator.close();
  return received;
}

interface AnyEvent {
  readonly detail: Record<string, unknown>;
}

const settle = (simulator: AwsSimulator) => simulator.settle();

test('the end of a run is an event of the shape of AWS, without the arguments of the run', async () => {
  const events = await eventsOf({ seed: 1 }, { '--run-id': 'a' }, { '--run-id': 'b', '--fault': 'SystemExit: 1' });
  const common = {
    version: '0',
    id: expect.any(String),
    'detail-type': 'Glue Job State Change',
    source: 'aws.glue',
    account: '123456789012',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    region: 'eu-central-1',
    resources: [],
  };
  const jobRunId = expect.stringMatching(/^jr_[0-9a-f]{64}$/);
  expect(events).toEqual([
    {
      ...common,
      detail: { jobName: 'load', severity: 'INFO', state: 'SUCCEEDED', jobRunId, message: 'Job run succeeded' },
    },
    { ...common, detail: { jobName: 'load', severity: 'ERROR', state: 'FAILED', jobRunId, message: 'SystemExit: 1' } },
  ]);
});

test('events of runs are lost and doubled as the seed says, whatever the ids of the runs', async () => {
  const faults = { seed: 7, lostEvents: 0.4, duplicatedEvents: 0.4 };
  const runs = Array.from({ length: 12 }, (_, i) => ({ '--run-id': `run ${i}`, '--fault': `fault ${i}` }));
  const first = (await eventsOf(faults, ...runs)).map(({ detail }) => detail.message);
  const again = (await eventsOf(faults, ...runs)).map(({ detail }) => detail.message);
  expect(again.sort()).toEqual(first.sort());
  expect(new Set(first).size).toBeLessThan(12);
  expect(first.length).toBeGreaterThan(new Set(first).size);
});
