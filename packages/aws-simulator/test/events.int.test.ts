import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type AwsSimulator, type FaultOptions, startAwsSimulator } from '../src/index.ts';

let simulator: AwsSimulator;
let events: EventBridgeClient;
let s3: S3Client;
const Bucket = 'landing';

beforeEach(() => start());
afterEach(stop);

async function start(faults?: FaultOptions): Promise<void> {
  simulator = await startAwsSimulator({ secondMs: 10, ...(faults && { faults }) });
  events = new EventBridgeClient(simulator.clientConfig);
  s3 = new S3Client(simulator.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
}

async function stop(): Promise<void> {
  events.destroy();
  s3.destroy();
  await simulator.close();
}

const notify = (NotificationConfiguration: object) =>
  s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
const put = (Key: string, Body = 'x') => s3.send(new PutObjectCommand({ Bucket, Key, Body }));

async function route(pattern: object, target: object = {}, queueName = 'seen') {
  const queue = simulator.parts.queues.create(queueName);
  await events.send(new PutRuleCommand({ Name: 'rule', EventPattern: JSON.stringify(pattern) }));
  await events.send(new PutTargetsCommand({ Rule: 'rule', Targets: [{ Id: '1', Arn: queue.arn, ...target }] }));
  return { queue, seen: () => queue.bodies().map((body) => JSON.parse(body)) };
}

describe('objects of S3', () => {
  test('raise events of EventBridge in the shape of AWS', async () => {
    const { seen } = await route({ source: ['aws.s3'] });
    await notify({ EventBridgeConfiguration: {} });
    const { VersionId, ETag } = await put('day=1/a b+ü.csv', '12345');
    await simulator.settle();
    expect(seen()).toEqual([
      {
        version: '0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        'detail-type': 'Object Created',
        source: 'aws.s3',
        account: '123456789012',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        region: 'eu-central-1',
        resources: ['arn:aws:s3:::landing'],
        detail: {
          version: '0',
          bucket: { name: 'landing' },
          object: {
            key: 'day=1/a b+ü.csv',
            size: 5,
            etag: JSON.parse(ETag!),
            'version-id': VersionId,
            sequencer: expect.stringMatching(/^00[0-9A-F]{8,}$/),
          },
          'request-id': expect.any(String),
          requester: '123456789012',
          'source-ip-address': '127.0.0.1',
          reason: 'PutObject',
        },
      },
    ]);
  });

  test('tell copies and both kinds of deletes', async () => {
    const { seen } = await route({ source: ['aws.s3'] });
    const { VersionId } = await put('a');
    await notify({ EventBridgeConfiguration: {} });
    await s3.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a` }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: VersionId! }));
    await simulator.settle();
    expect(seen().map(({ detail }) => [detail.reason, detail['deletion-type']])).toEqual([
      ['CopyObject', undefined],
      ['DeleteObject', 'Delete Marker Created'],
      ['DeleteObject', 'Permanently Deleted'],
    ]);
  });

  test('have sequencers that are in order once the shorter is padded, and not before', async () => {
    const { seen } = await route({ source: ['aws.s3'] });
    await notify({ EventBridgeConfiguration: {} });
    for (let i = 0; i < 40; i += 1) simulator.parts.s3.write(Bucket, 'same', Buffer.from(String(i)));
    await simulator.settle();
    const sequencers = seen().map(({ detail }) => detail.object.sequencer as string);
    expect(new Set(sequencers.map(({ length }) => length)).size).toBeGreaterThan(1);
    const padded = sequencers.map((sequencer) => sequencer.padEnd(24, '0'));
    expect(padded).toEqual([...new Set(padded)].sort());
  });

  test('send notifications of their own to a queue: a test event first, keys encoded as in a form', async () => {
    const queue = simulator.parts.queues.create('direct');
    const Filter = {
      Key: { FilterRules: [{ Name: 'prefix', Value: 'in/' } as const, { Name: 'suffix', Value: '.csv' } as const] },
    };
    await notify({ QueueConfigurations: [{ Id: 'c', QueueArn: queue.arn, Events: ['s3:ObjectCreated:*'], Filter }] });
    const { VersionId } = await put('in/red flower+ü.csv');
    await put('in/other.txt');
    await put('out/x.csv');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'in/red flower+ü.csv' }));
    await simulator.settle();
    const [testEvent, { Records = [] } = {}, ...more] = queue.bodies().map((body) => JSON.parse(body));
    expect(testEvent).toMatchObject({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket });
    expect(testEvent.Records).toBeUndefined();
    expect(more).toEqual([]);
    expect(Records).toMatchObject([
      {
        eventVersion: '2.1',
        eventName: 'ObjectCreated:Put',
        s3: { configurationId: 'c', object: { key: 'in/red+flower%2B%C3%BC.csv', versionId: VersionId } },
      },
    ]);
  });
});

describe('rules', () => {
  test('hand a target the whole event, a part of it, or a constant', async () => {
    const whole = await route({ source: ['test'] });
    const other = simulator.parts.queues.create('other');
    const Targets = [
      { Id: '2', Arn: other.arn, InputPath: '$.detail.a' },
      { Id: '3', Arn: other.arn, Input: '{"c":1}' },
    ];
    await events.send(new PutTargetsCommand({ Rule: 'rule', Targets }));
    const Entries = [{ Source: 'test', DetailType: 't', Detail: '{"a":{"b":1}}' }];
    const answer = await events.send(new PutEventsCommand({ Entries: [...Entries, { Source: 'test' }] }));
    expect([answer.FailedEntryCount, answer.Entries![1]!.ErrorCode]).toEqual([1, 'InvalidArgument']);
    await simulator.settle();
    expect(whole.seen()).toMatchObject([{ source: 'test', 'detail-type': 't', detail: { a: { b: 1 } } }]);
    expect(other.bodies()).toEqual(['{"b":1}', '{"c":1}']);
  });

  test('give what a target does not take to the dead letters, else it is dropped and told', async () => {
    const dead = simulator.parts.queues.create('dead');
    const missing = 'arn:aws:sqs:eu-central-1:123456789012:missing';
    await route({ source: ['test'] }, { Arn: missing, DeadLetterConfig: { Arn: dead.arn } });
    const Entries = [{ Source: 'test', DetailType: 't', Detail: '{}' }];
    await events.send(new PutEventsCommand({ Entries }));
    await simulator.settle();
    expect(dead.size).toBe(1);
    await route({ source: ['test'] }, { Arn: missing });
    await events.send(new PutEventsCommand({ Entries }));
    await simulator.settle();
    expect(simulator.droppedEvents).toMatchObject([{ rule: 'rule', target: missing }]);
  });

  test('with a schedule fire when the test says so', async () => {
    const { queue } = await route({ source: ['none'] });
    await events.send(new PutRuleCommand({ Name: 'sweep', ScheduleExpression: 'rate(15 minutes)' }));
    await events.send(new PutTargetsCommand({ Rule: 'sweep', Targets: [{ Id: '1', Arn: queue.arn }] }));
    expect(queue.size).toBe(0);
    simulator.fireSchedule('sweep');
    expect(JSON.parse(queue.bodies()[0]!)).toMatchObject({
      'detail-type': 'Scheduled Event',
      resources: ['arn:aws:events:eu-central-1:123456789012:rule/sweep'],
    });
    expect(() => simulator.fireSchedule('rule')).toThrow('those are: sweep');
  });
});

describe('seeded events', () => {
  const faults = { seed: 7, duplicatedEvents: 0.2, lostEvents: 0.05, shuffledEvents: true };
  const keys = Array.from({ length: 200 }, (_, i) => `day=${i}`);

  async function arrivals(options: FaultOptions): Promise<readonly string[]> {
    await stop();
    await start(options);
    const { seen } = await route({ source: ['aws.s3'] });
    await notify({ EventBridgeConfiguration: {} });
    simulator.holdEvents();
    for (const key of keys) simulator.parts.s3.write(Bucket, key, Buffer.from('x'));
    simulator.releaseEvents();
    await simulator.settle();
    return seen().map(({ detail }) => detail.object.key);
  }

  test('are lost, doubled and shuffled in the shares that are asked for, in the same way for a seed', async () => {
    const first = await arrivals(faults);
    const times = keys.map((key) => first.filter((other) => other === key).length);
    const share = (n: number) => times.filter((count) => count === n).length / keys.length;
    expect(share(0)).toBeGreaterThan(0.01);
    expect(share(0)).toBeLessThan(0.12);
    expect(share(2)).toBeGreaterThan(0.1);
    expect(share(2)).toBeLessThan(0.3);
    expect(first).not.toEqual([...first].sort((a, b) => keys.indexOf(a) - keys.indexOf(b)));
    expect(simulator.report()).toContain('seed 7');
    expect(await arrivals(faults)).toEqual(first);
    expect(await arrivals({ ...faults, seed: 8 })).not.toEqual(first);
  });

  test('of other sources than those named come once', async () => {
    const all = { seed: 1, lostEvents: 1, eventSources: ['aws.glue'] };
    expect([...(await arrivals(all))].sort()).toEqual([...keys].sort());
  });
});
