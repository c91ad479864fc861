import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AwsSimulator, startAwsSimulator } from '../src/index.ts';

let simulator: AwsSimulator;
let sqs: SQSClient;
let queues = 0;

beforeAll(async () => {
  simulator = await startAwsSimulator({ secondMs: 20 });
  sqs = new SQSClient(simulator.clientConfig);
});

afterAll(async () => {
  sqs.destroy();
  await simulator.close();
});

const create = async (Attributes: Record<string, string> = {}) => {
  queues += 1;
  return (await sqs.send(new CreateQueueCommand({ QueueName: `q-${queues}`, Attributes }))).QueueUrl!;
};
const send = (QueueUrl: string, MessageBody: string) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
const receive = async (QueueUrl: string, more: object = {}): Promise<readonly Message[]> =>
  (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }))).Messages ?? [];
const bodies = (messages: readonly Message[]) => messages.map(({ Body }) => Body);
const nameOf = (call: Promise<unknown>) =>
  call.then(
    () => 'fine',
    (error) => error.name,
  );

describe('a queue', () => {
  test('hides a message that was received, and gives it again when it was not deleted in time', async () => {
    const url = await create({ VisibilityTimeout: '43200' });
    await send(url, 'größe');
    const [first] = await receive(url, { MessageSystemAttributeNames: ['All'] });
    expect([first!.Body, first!.Attributes!.ApproximateReceiveCount]).toEqual(['größe', '1']);
    expect(await receive(url)).toEqual([]);
    const { ReceiptHandle } = first!;
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 1 }));
    const [second] = await receive(url, { WaitTimeSeconds: 20, MessageSystemAttributeNames: ['All'] });
    expect([second!.MessageId, second!.Attributes!.ApproximateReceiveCount]).toEqual([first!.MessageId, '2']);
  });

  test('deletes by the handle of the last receive, not by an older one', async () => {
    const url = await create({ VisibilityTimeout: '1' });
    await send(url, 'x');
    const [first] = await receive(url);
    const [second] = await receive(url, { WaitTimeSeconds: 20, VisibilityTimeout: 5 });
    const remove = (message: Message) =>
      sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle! }));
    await remove(first!);
    const [third] = await receive(url, { WaitTimeSeconds: 20, VisibilityTimeout: 600 });
    expect(third!.MessageId).toBe(second!.MessageId);
    await remove(third!);
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }));
    expect([Attributes!.ApproximateNumberOfMessages, Attributes!.ApproximateNumberOfMessagesNotVisible]).toEqual([
      '0',
      '0',
    ]);
    const invalid = new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: 'nonsense' });
    expect(await nameOf(sqs.send(invalid))).toBe('ReceiptHandleIsInvalid');
  });

  test('answers a long poll as soon as a message is there', async () => {
    const url = await create();
    const poll = receive(url, { WaitTimeSeconds: 20 });
    await send(url, 'late');
    expect(bodies(await poll)).toEqual(['late']);
  });

  test('lets a message be seen at once when its visibility is set to 0', async () => {
    const url = await create({ VisibilityTimeout: '43200' });
    await send(url, 'x');
    const [{ ReceiptHandle } = {}] = await receive(url);
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }));
    expect(bodies(await receive(url))).toEqual(['x']);
  });

  test('gives what was received too often to the dead letters', async () => {
    const dead = await create();
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: dead, AttributeNames: ['QueueArn'] }),
    );
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: Attributes!.QueueArn, maxReceiveCount: 2 });
    const url = await create({ VisibilityTimeout: '0', RedrivePolicy });
    await send(url, 'poison');
    expect(bodies(await receive(url))).toEqual(['poison']);
    expect(bodies(await receive(url))).toEqual(['poison']);
    expect(await receive(url)).toEqual([]);
    expect(bodies(await receive(dead))).toEqual(['poison']);
  });

  test('does each entry of a batch by itself', async () => {
    const url = await create();
    const Entries = [
      { Id: 'a', MessageBody: '1' },
      { Id: 'b', MessageBody: 'x'.repeat(1_048_577) },
    ];
    const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    expect([sent.Successful!.map(({ Id }) => Id), sent.Failed!.map(({ Id }) => Id)]).toEqual([['a'], ['b']]);
    const [{ ReceiptHandle } = {}] = await receive(url);
    const handles = [
      { Id: 'c', ReceiptHandle },
      { Id: 'd', ReceiptHandle: 'nonsense' },
    ];
    const deleted = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: handles }));
    expect(deleted.Failed).toMatchObject([{ Id: 'd', Code: 'ReceiptHandleIsInvalid' }]);
    const doubled = new SendMessageBatchCommand({ QueueUrl: url, Entries: [Entries[0]!, Entries[0]!] });
    expect(await nameOf(sqs.send(doubled))).toBe('BatchEntryIdsNotDistinct');
  });

  test('that does not exist is told by its name, and what is not simulated is refused', async () => {
    expect(await nameOf(sqs.send(new GetQueueUrlCommand({ QueueName: 'none' })))).toBe('QueueDoesNotExist');
    const fifo = new CreateQueueCommand({ QueueName: 'f', Attributes: { FifoQueue: 'true' } });
    expect(await nameOf(sqs.send(fifo))).toBe('NotImplemented');
  });
});
