import { jsonResponse, readJson } from '../server/encode-json.ts';
import {
  notImplemented,
  ServiceFault,
  type ServiceRequest,
  type ServiceResponse,
  type SimulatedService,
} from '../server/service.ts';
import { runBatch } from './batch.ts';
import type { Queue, QueueMessage } from './queue.ts';
import { readSettings } from './queue-settings.ts';
import type { Queues } from './queues.ts';

/** Bytes of one message, and of all messages of a batch. */
const MAX_MESSAGE = 1_048_576;

// biome-ignore lint/suspicious/noExplicitAny: what a client sent; each operation checks what it takes.
type Input = Record<string, any>;

/** SQS in its JSON protocol: standard queues. */
export class SqsService implements SimulatedService {
  readonly target = 'AmazonSQS';
  private readonly queues: Queues;
  private readonly account: string;

  constructor(queues: Queues, account: string) {
    this.queues = queues;
    this.account = account;
  }

  async handle(request: ServiceRequest): Promise<ServiceResponse> {
    const input = readJson(request);
    const url = (name: string) => `http://${request.headers.host}/${this.account}/${name}`;
    return jsonResponse(await this.answer(request.operation!, input, url));
  }

  private async answer(operation: string, input: Input, url: (name: string) => string): Promise<unknown> {
    switch (operation) {
      case 'CreateQueue':
        return { QueueUrl: url(this.queues.create(input.QueueName, input.Attributes).name) };
      case 'GetQueueUrl':
        return { QueueUrl: url(this.queues.get(input.QueueName).name) };
      case 'ListQueues':
        return {
          QueueUrls: this.queues
            .names()
            .filter((name) => name.startsWith(input.QueueNamePrefix ?? ''))
            .map(url),
        };
      default:
        return this.onQueue(operation, this.queues.get(nameOf(input.QueueUrl)), input);
    }
  }

  private async onQueue(operation: string, queue: Queue, input: Input): Promise<unknown> {
    switch (operation) {
      case 'GetQueueAttributes':
        return { Attributes: attributesOf(queue, input.AttributeNames ?? []) };
      case 'SetQueueAttributes': {
        const attributes = { ...queue.attributes, ...input.Attributes };
        queue.settings = readSettings(attributes);
        queue.attributes = attributes;
        return {};
      }
      case 'DeleteQueue':
        this.queues.drop(queue.name);
        return {};
      case 'PurgeQueue':
        queue.purge();
        return {};
      case 'SendMessage':
        return send(queue, input);
      case 'SendMessageBatch':
        return runBatch(input.Entries, (entry) => send(queue, entry));
      case 'ReceiveMessage':
        return receive(queue, input);
      case 'DeleteMessage':
        queue.delete(input.ReceiptHandle);
        return {};
      case 'DeleteMessageBatch':
        return runBatch(input.Entries, (entry) => queue.delete(entry.ReceiptHandle));
      case 'ChangeMessageVisibility':
        queue.changeVisibility(input.ReceiptHandle, input.VisibilityTimeout);
        return {};
      case 'ChangeMessageVisibilityBatch':
        return runBatch(input.Entries, (entry) => queue.changeVisibility(entry.ReceiptHandle, entry.VisibilityTimeout));
      default:
        throw notImplemented(`SQS ${operation}`);
    }
  }
}

function send(queue: Queue, { MessageBody: body, DelaySeconds, MessageAttributes, ...more }: Input): unknown {
  for (const name of ['MessageGroupId', 'MessageDeduplicationId', 'MessageSystemAttributes']) {
    if (more[name] !== undefined) throw notImplemented(`SQS messages with ${name}`);
  }
  if (typeof body !== 'string' || body === '') {
    throw new ServiceFault('MissingParameter', 'The request must contain the parameter MessageBody.');
  }
  if (Buffer.byteLength(body) > MAX_MESSAGE) {
    throw new ServiceFault(
      'InvalidParameterValue',
      `One or more parameters are invalid. A message has at most ${MAX_MESSAGE} bytes.`,
    );
  }
  const message = queue.send(body, {
    ...(DelaySeconds === undefined ? {} : { delaySeconds: DelaySeconds }),
    ...(MessageAttributes === undefined ? {} : { messageAttributes: MessageAttributes }),
  });
  return { MessageId: message.messageId, MD5OfMessageBody: message.md5OfBody };
}

async function receive(queue: Queue, input: Input): Promise<unknown> {
  const max = input.MaxNumberOfMessages ?? 1;
  if (max < 1 || max > 10) {
    throw new ServiceFault('InvalidParameterValue', 'MaxNumberOfMessages is from 1 to 10.');
  }
  const messages = await queue.receive(max, {
    waitSeconds: input.WaitTimeSeconds ?? queue.settings.receiveMessageWaitTimeSeconds,
    ...(input.VisibilityTimeout === undefined ? {} : { visibilityTimeout: input.VisibilityTimeout }),
  });
  if (messages.length === 0) return {};
  const names = [...(input.MessageSystemAttributeNames ?? []), ...(input.AttributeNames ?? [])];
  return {
    Messages: messages.map((message) => {
      const all = systemAttributes(message);
      const attributes = Object.entries(all).filter(([name]) => names.includes(name) || names.includes('All'));
      return {
        MessageId: message.messageId,
        ReceiptHandle: message.receiptHandle,
        MD5OfBody: message.md5OfBody,
        Body: message.body,
        ...(attributes.length > 0 ? { Attributes: Object.fromEntries(attributes) } : {}),
        ...((input.MessageAttributeNames ?? []).length > 0 ? { MessageAttributes: message.messageAttributes } : {}),
      };
    }),
  };
}

export function systemAttributes(message: QueueMessage): Record<string, string> {
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SenderId: 'AIDASIMULATED',
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? 0),
  };
}

function attributesOf(queue: Queue, names: readonly string[]): Record<string, string> {
  const { visible, inFlight, delayed } = queue.counts();
  const all: Record<string, string> = {
    VisibilityTimeout: '30',
    ...queue.attributes,
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name)));
}

function nameOf(queueUrl: unknown): string {
  if (typeof queueUrl !== 'string') {
    throw new ServiceFault('MissingParameter', 'The request must contain the parameter QueueUrl.');
  }
  return queueUrl.slice(queueUrl.lastIndexOf('/') + 1);
}
