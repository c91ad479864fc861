import {
  CreateBucketCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type AwsSimulator, type FaultOptions, startAwsSimulator } from '../src/index.ts';

let simulator: AwsSimulator;
let clients: { destroy(): void }[] = [];
const Bucket = 'faults';

async function start(faults?: FaultOptions): Promise<S3Client> {
  simulator = await startAwsSimulator(faults ? { faults } : {});
  const s3 = new S3Client({ ...simulator.clientConfig, maxAttempts: 1 });
  clients = [s3];
  simulator.parts.s3.store.create(Bucket);
  return s3;
}

function retrying(): S3Client {
  const client = new S3Client(simulator.clientConfig);
  clients.push(client);
  return client;
}

afterEach(async () => {
  for (const client of clients) client.destroy();
  await simulator.close();
});

const put = (s3: S3Client, Key: string, more: object = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x', ...more }));
const nameOf = (call: Promise<unknown>) =>
  call.then(
    () => 'fine',
    (error) => error.name as string,
  );

describe('an injected fault', () => {
  test('befalls the call that it names, and no other', async () => {
    const s3 = await start();
    const fault = simulator.injectFault({ service: 'S3', operation: 'PutObject', call: 2, when: 'before', as: 500 });
    expect(await nameOf(put(s3, 'a'))).toBe('fine');
    expect(fault.hasFired).toBe(false);
    expect(await nameOf(put(s3, 'b'))).toBe('InternalError');
    expect(fault.hasFired).toBe(true);
    expect(await nameOf(put(s3, 'b'))).toBe('fine');
    expect(simulator.report()).toContain('1 x fault before 500 S3.PutObject');
    expect(simulator.countOf('S3.PutObject')).toBe(3);
  });

  test('before leaves no trace, after has done its work', async () => {
    const s3 = await start();
    for (const when of ['before', 'after'] as const) {
      simulator.injectFault({ service: '*', operation: '*', call: 1, when, as: 'reset' });
      expect(await nameOf(put(s3, when))).not.toBe('fine');
    }
    expect(simulator.parts.s3.keysBelow(Bucket, '')).toEqual(['after']);
  });

  test('that loses the answer of a conditional write lets the retry of the SDK fail', async () => {
    await start();
    simulator.injectFault({ service: 'S3', operation: 'PutObject', call: 1, when: 'after', as: 'reset' });
    expect(await nameOf(put(retrying(), 'claim', { IfNoneMatch: '*' }))).toBe('PreconditionFailed');
    expect(simulator.countOf('S3.PutObject')).toBe(2);
  });

  test.each(['throttle', 500, 'reset'] as const)('%s is retried by the SDK', async (as) => {
    await start();
    simulator.injectFault({ service: 'S3', operation: 'PutObject', call: 1, when: 'before', as });
    expect(await nameOf(put(retrying(), 'a'))).toBe('fine');
    expect(simulator.countOf('S3.PutObject')).toBe(2);
  });

  test('has the form of its service', async () => {
    await start();
    const config = { ...simulator.clientConfig, maxAttempts: 1 };
    const [sqs, sns] = [new SQSClient(config), new SNSClient(config)];
    clients.push(sqs, sns);
    const calls = () => [
      sqs.send(new CreateQueueCommand({ QueueName: 'q' })),
      sns.send(new PublishCommand({ TopicArn: 'x', Message: 'x' })),
    ];
    for (const service of ['AmazonSQS', 'SNS']) {
      simulator.injectFault({ service, operation: '*', call: 1, when: 'before', as: 'throttle' });
    }
    expect(await Promise.all(calls().map(nameOf))).toEqual(['ThrottlingException', 'ThrottledException']);
  });
});

describe('seeded faults', () => {
  const outcomes = async (seed: number) => {
    const s3 = await start({ seed, throttling: 0.2, serverErrors: 0.2, lostAnswers: 0.2 });
    const names: string[] = [];
    for (let i = 0; i < 40; i += 1) names.push(await nameOf(put(s3, `k${i}`)));
    return names;
  };

  test('are the same for a seed, others for another one, and of every kind', async () => {
    const first = await outcomes(1);
    expect(new Set(first)).toEqual(
      new Set([
        'fine',
        'SlowDown',
        'InternalError',
        first.find((name) => !['fine', 'SlowDown', 'InternalError'].includes(name)),
      ]),
    );
    await simulator.close();
    expect(await outcomes(1)).toEqual(first);
    await simulator.close();
    expect(await outcomes(2)).not.toEqual(first);
  });

  test('let conditional writes conflict, and others never', async () => {
    const s3 = await start({ seed: 1, writeConflicts: 0.5 });
    const names = new Set<string>();
    for (let i = 0; i < 20; i += 1) names.add(await nameOf(put(s3, `k${i}`, { IfNoneMatch: '*' })));
    expect([...names].sort()).toEqual(['ConditionalRequestConflict', 'fine']);
    for (let i = 0; i < 20; i += 1) expect(await nameOf(put(s3, `k${i}`))).toBe('fine');
  });
});

describe('what is not simulated', () => {
  test('is refused', async () => {
    const s3 = await start();
    await s3.send(new CreateBucketCommand({ Bucket: 'other' }));
    await put(s3, 'a');
    const calls = [
      s3.send(new PutBucketPolicyCommand({ Bucket, Policy: '{}' })),
      s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'a' })),
      s3.send(new GetObjectCommand({ Bucket, Key: 'a', PartNumber: 1 })),
      put(s3, 'b', { Tagging: 'a=b' }),
      put(s3, 'b', { StorageClass: 'GLACIER' }),
      put(s3, 'b', { ACL: 'public-read' }),
    ];
    expect(await Promise.all(calls.map(nameOf))).toEqual(calls.map(() => 'NotImplemented'));
    expect(simulator.parts.s3.keysBelow(Bucket, '')).toEqual(['a']);
  });
});
