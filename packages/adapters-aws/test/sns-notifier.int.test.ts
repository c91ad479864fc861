import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Notice } from '@weir/core';
import { toSnsMessage } from '../src/sns/sns-message.ts';
import { SnsNotifier } from '../src/sns/sns-notifier.ts';
import { inThisRealm } from './support/in-this-realm.ts';
import { type SimulatedSns, useSimulatedSns } from './support/simulated-sns.ts';

const openSns = useSimulatedSns();
const NOTICE: Notice = { subject: 'Weir: loaded', text: 'All is well.\n', document: { runId: 'run-1' } };

let sns: SimulatedSns;
let topicArn: string;
let notifier: SnsNotifier;

beforeEach(async () => {
  sns = await openSns();
  topicArn = await sns.makeTopic();
  notifier = new SnsNotifier({ client: sns.client, topicArn });
  await sns.client.send(
    new SubscribeCommand({ TopicArn: topicArn, Protocol: 'email', Endpoint: 'people@example.test' }),
  );
});

const mails = () => sns.simulator.mailbox.filter((mail) => mail.topicArn === topicArn);

describe('a message', () => {
  test('holds the text for mail, the subject for SMS and the document for all others', () => {
    expect(JSON.parse(toSnsMessage(NOTICE))).toEqual({
      default: '{"runId":"run-1"}',
      email: 'All is well.\n',
      sms: 'Weir: loaded',
    });
  });

  test('is shortened where SNS would not take it, at the end of a line, and says so', async () => {
    const text = `${'"'.repeat(99)}\n`.repeat(2000);
    await notifier.send({ ...NOTICE, text });
    const [mail] = mails();
    expect(mail!.body.length).toBeGreaterThan(100_000);
    expect(mail!.body.length).toBeLessThan(text.length);
    expect(mail!.body).toMatch(/"\n\n\(This message was cut: SNS takes no more\..*\)\n$/);
  });

  test('is shortened where the text is one line', async () => {
    await notifier.send({ ...NOTICE, text: '"'.repeat(200_000) });
    expect(mails()[0]!.body).toMatch(/^"{100000,}\n\(This message was cut/);
  });

  test('keeps the text and loses the large entries of a document that is too large', async () => {
    const document = { runId: 'run-1', state: 'failed', files: Array.from({ length: 60_000 }, (_, i) => `${i}.csv`) };
    const message = JSON.parse(toSnsMessage({ ...NOTICE, document }));
    expect(JSON.parse(message.default)).toEqual({ runId: 'run-1', state: 'failed', shortened: true });
    expect(message.email).toBe(NOTICE.text);
    await notifier.send({ ...NOTICE, document });
    expect(mails()).toHaveLength(1);
  });
});

describe('a fault', () => {
  const fail = (as: 500 | 'throttle' | { code: string; status: number; message: string }, call = 1) =>
    sns.simulator.injectFault({ service: 'SNS', operation: 'Publish', call, when: 'before', as });
  const once = () => {
    const client = new SNSClient({ ...sns.simulator.clientConfig, maxAttempts: 1 });
    return new SnsNotifier({ client, topicArn });
  };

  test('that passes is waited for', async () => {
    fail(500);
    fail('throttle');
    await notifier.send(NOTICE);
    expect(mails()).toHaveLength(1);
  });

  test.each([
    [500, 'notifier.unreachable', true, 'SNS has a fault of its own'],
    ['throttle', 'notifier.unreachable', true, 'SNS asks for fewer calls'],
    [{ code: 'AuthorizationError', status: 403, message: 'No' }, 'notifier.forbidden', false, 'permission is denied'],
    [{ code: 'InvalidParameter', status: 400, message: 'Odd' }, 'notifier.refused', false, 'Odd'],
  ] as const)('%j is told as %s', async (as, code, retryable, reason) => {
    fail(as);
    await expect(once().send(NOTICE)).rejects.toMatchObject({
      code,
      retryable,
      message: expect.stringContaining(`No notice can be sent to ${topicArn}: ${reason}`),
      context: { topicArn },
    });
    expect(mails()).toEqual([]);
  });

  test('says where there is no topic, and what to do', async () => {
    const lost = new SnsNotifier({ client: sns.client, topicArn: `${topicArn}-gone` });
    await expect(lost.send(NOTICE)).rejects.toMatchObject({
      code: 'notifier.refused',
      message: `No notice can be sent to ${topicArn}-gone: there is no such topic.`,
      remedy: 'Deploy again, or correct topicArn in the configuration.',
      retryable: false,
    });
  });

  test('of a service that is not there is told as unreachable', async () => {
    const config = { ...sns.simulator.clientConfig, endpoint: 'http://127.0.0.1:1', maxAttempts: 1 };
    const client = inThisRealm(new SNSClient(config));
    await expect(new SnsNotifier({ client, topicArn }).send(NOTICE)).rejects.toMatchObject({
      code: 'notifier.unreachable',
      message: expect.stringContaining('SNS does not answer (ECONNREFUSED)'),
      retryable: true,
    });
  });
});
