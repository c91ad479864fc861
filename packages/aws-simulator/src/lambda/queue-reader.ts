import type { WorkTracker } from '../server/work-tracker.ts';
import type { Queue, QueueMessage } from '../sqs/queue.ts';
import { systemAttributes } from '../sqs/sqs-service.ts';
import type { LambdaHost } from './lambda-host.ts';

export interface QueueReaderDefinition {
  readonly functionName: string;
  readonly batchSize: number;
  /** Seconds of AWS that a batch is gathered for. */
  readonly batchWindow: number;
  readonly reportsBatchItemFailures: boolean;
  /** Batches at once; 2 where it is left out. */
  readonly concurrency?: number;
}

/**
 * Seconds of AWS. There the visibility timeout of a queue is at least six times the timeout of the function that reads it; with
 * scaled seconds it could end while the function runs.
 */
const HELD = 43_200;

/** An event source mapping: hands the messages of a queue to a function, and deletes those that it did not fail on. */
export class QueueReader {
  private readonly queue: Queue;
  private readonly definition: QueueReaderDefinition;
  private readonly host: LambdaHost;
  private readonly work: WorkTracker;
  private readonly region: string;
  private readonly secondMs: number;
  private readonly stopped = new AbortController();
  private readonly loops: readonly Promise<void>[];

  constructor(
    queue: Queue,
    definition: QueueReaderDefinition,
    { host, work, region, secondMs }: { host: LambdaHost; work: WorkTracker; region: string; secondMs: number },
  ) {
    this.queue = queue;
    this.definition = definition;
    this.host = host;
    this.work = work;
    this.region = region;
    this.secondMs = secondMs;
    queue.hasConsumer = true;
    this.loops = Array.from({ length: definition.concurrency ?? 2 }, () => this.run());
  }

  async close(): Promise<void> {
    this.queue.hasConsumer = false;
    this.stopped.abort();
    await Promise.all(this.loops);
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      const batch = await this.gather(signal);
      if (batch.length > 0 && !signal.aborted) {
        await this.work.track(`batch of the queue ${this.queue.name}`, () => this.hand(batch));
      }
    }
  }

  /** Waits for a first message, then for more until the batch is full or the window is over. */
  private async gather(signal: AbortSignal): Promise<readonly QueueMessage[]> {
    const { batchSize, batchWindow } = this.definition;
    const first = await this.queue.receive(Math.min(10, batchSize), {
      waitSeconds: 20,
      visibilityTimeout: HELD,
      signal,
    });
    const batch = [...first];
    const deadline = Date.now() + batchWindow * this.secondMs;
    while (batch.length > 0 && batch.length < batchSize && !signal.aborted) {
      const left = deadline - Date.now();
      if (left <= 0) break;
      const max = Math.min(10, batchSize - batch.length);
      batch.push(
        ...(await this.queue.receive(max, { waitSeconds: left / this.secondMs, visibilityTimeout: HELD, signal })),
      );
    }
    return batch;
  }

  private async hand(batch: readonly QueueMessage[]): Promise<void> {
    const Records = batch.map((message) => toRecord(message, this.queue.arn, this.region));
    const received = Date.now();
    let failed: ReadonlySet<string>;
    try {
      failed = this.failedOf(await this.host.invoke(this.definition.functionName, JSON.stringify({ Records })), batch);
    } catch {
      failed = new Set(batch.map(({ messageId }) => messageId));
    }
    const passed = (Date.now() - received) / this.secondMs;
    for (const message of batch) {
      if (!failed.has(message.messageId)) this.queue.delete(message.receiptHandle!);
      else this.hide(message, Math.max(0, this.queue.settings.visibilityTimeout - passed));
    }
  }

  private hide(message: QueueMessage, seconds: number): void {
    try {
      this.queue.changeVisibility(message.receiptHandle!, seconds);
    } catch {
      // Visible again meanwhile, and perhaps received by another one: as on AWS, it is handed over once more.
    }
  }

  /** An answer that names a message which is not in the batch, or that cannot be read, fails all of it. */
  private failedOf(answer: string, batch: readonly QueueMessage[]): ReadonlySet<string> {
    if (!this.definition.reportsBatchItemFailures) return new Set();
    const ids = batch.map(({ messageId }) => messageId);
    const parsed = JSON.parse(answer) as { batchItemFailures?: readonly { itemIdentifier?: unknown }[] | null } | null;
    const named = (parsed?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
    const isSound = named.every((id) => typeof id === 'string' && ids.includes(id));
    return new Set(isSound ? (named as string[]) : ids);
  }
}

function toRecord(message: QueueMessage, queueArn: string, region: string): unknown {
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: systemAttributes(message),
    messageAttributes: {},
    md5OfBody: message.md5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}
