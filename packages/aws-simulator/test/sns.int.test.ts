import {
  CreateTopicCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AwsSimulator, startAwsSimulator } from '../src/index.ts';

let simulator: AwsSimulator;
let sns: SNSClient;
let TopicArn: string;

beforeAll(async () => {
  simulator = await startAwsSimulator({ confirmsEmails: false });
  sns = new SNSClient(simulator.clientConfig);
  TopicArn = (await sns.send(new CreateTopicCommand({ Name: 'notices' }))).TopicArn!;
});

afterAll(async () => {
  sns.destroy();
  await simulator.close();
});

const publish = (Message: string, more: object = {}) => sns.send(new PublishCommand({ TopicArn, Message, ...more }));
const failure = (call: Promise<unknown>) =>
  call.then(
    () => 'fine',
    (error) => `${error.name} ${error.message}`,
  );

describe('a topic', () => {
  test('sends no mail before the subscriber confirmed', async () => {
    const Endpoint = 'a@example.com';
    const { SubscriptionArn } = await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint }));
    expect(SubscriptionArn).toBe('pending confirmation');
    await publish('unseen');
    expect(simulator.mailbox).toEqual([]);
    simulator.parts.topics.confirm(Endpoint);
    await publish('seen & <read>\nsecond line', { Subject: '100 % "fine" ü' });
    expect(simulator.mailbox).toMatchObject([
      { to: Endpoint, subject: '100 % "fine" ü', body: 'seen & <read>\nsecond line' },
    ]);
    const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(Subscriptions).toMatchObject([{ Protocol: 'email', Endpoint }]);
  });

  test('gives each protocol its own text, and the default to the others', async () => {
    const queue = simulator.parts.queues.create('texts');
    const attributes = { RawMessageDelivery: 'true' };
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queue.arn, Attributes: attributes }));
    const before = simulator.mailbox.length;
    await publish(JSON.stringify({ default: 'd', email: 'e', sms: 1 }), { MessageStructure: 'json' });
    expect(simulator.mailbox.slice(before).map(({ body }) => body)).toEqual(['e']);
    expect(queue.bodies()).toEqual(['d']);
  });

  test.each([
    ['a text that is not JSON', 'nope', 'failed to parse'],
    ['an object without default', '{"email":"e"}', 'No default entry'],
    ['a default that is no text', '{"default":1}', 'No default entry'],
    ['a key that is there twice', '{"default":"a","email":"b","email":"c"}', 'Duplicate key'],
  ])('refuses %s as structured message', async (_, message, why) => {
    const refused = await failure(publish(message, { MessageStructure: 'json' }));
    expect(refused).toContain('InvalidParameter');
    expect(refused).toContain(why);
  });

  test.each([
    ['a subject of 100 characters', 'x', { Subject: 'ü'.repeat(100) }],
    ['a subject of two lines', 'x', { Subject: 'a\nb' }],
    ['more than 256 KiB', 'ü'.repeat(131_073), {}],
  ])('refuses %s', async (_, message, more) => {
    expect(await failure(publish(message, more))).toContain('InvalidParameter');
  });

  test('takes a subject of 99 characters and exactly 256 KiB', async () => {
    await publish('x'.repeat(262_144), { Subject: 'ü'.repeat(99) });
  });

  test('that does not exist is told so', async () => {
    const missing = new PublishCommand({ TopicArn: `${TopicArn}x`, Message: 'x' });
    expect(await failure(sns.send(missing))).toContain('NotFound');
  });
});
