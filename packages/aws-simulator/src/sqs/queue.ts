import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { ServiceFault } from '../server/service.ts';

export interface QueueSettings {
  /** Seconds of AWS that a received message stays hidden. */
  readonly visibilityTimeout: number;
  readonly delaySeconds: number;
  readonly receiveMessageWaitTimeSeconds: number;
  /** Undefined where messages stay for ever. */
  readonly redrive: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number } | undefined;
}

export interface QueueMessage {
  readonly messageId: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly messageAttributes: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970 of the simulator's clock. */
  readonly sentAt: number;
  firstReceivedAt: number | undefined;
  receiveCount: number;
  /** Real time in milliseconds from which on it can be received. */
  visibleAt: number;
  /** Of the last time that it was received: older ones delete nothing. */
  receiptHandle: string | undefined;
}

/** A standard queue: at least once, in no promised order. */
export class Queue {
  readonly name: string;
  readonly arn: string;
  /** As they were set, for GetQueueAttributes. */
  attributes: Readonly<Record<string, string>>;
  settings: QueueSettings;
  /** Whether something in the simulator reads it, so that its messages are work that goes on. */
  hasConsumer = false;
  private readonly messages = new Map<string, QueueMessage>();
  private readonly handles = new Map<string, string>();
  private readonly waiting = new Set<() => void>();
  private readonly secondMs: number;
  private readonly now: () => Date;
  private readonly bury: (deadLetterArn: string, message: QueueMessage) => void;

  constructor(options: {
    name: string;
    arn: string;
    attributes: Readonly<Record<string, string>>;
    settings: QueueSettings;
    secondMs: number;
    now: () => Date;
    bury: (deadLetterArn: string, message: QueueMessage) => void;
  }) {
    this.name = options.name;
    this.arn = options.arn;
    this.attributes = options.attributes;
    this.settings = options.settings;
    this.secondMs = options.secondMs;
    this.now = options.now;
    this.bury = options.bury;
  }

  /** All that are there, received ones included. */
  get size(): number {
    return this.messages.size;
  }

  /** How many wait, are hidden after a receive, and are not there yet. */
  counts(): { readonly visible: number; readonly inFlight: number; readonly delayed: number } {
    const hidden = [...this.messages.values()].filter((message) => message.visibleAt > Date.now());
    const inFlight = hidden.filter((message) => message.receiptHandle !== undefined).length;
    return { visible: this.size - hidden.length, inFlight, delayed: hidden.length - inFlight };
  }

  /** The bodies of all messages, for tests. */
  bodies(): readonly string[] {
    return [...this.messages.values()].map(({ body }) => body);
  }

  send(
    body: string,
    options: { delaySeconds?: number; messageAttributes?: Record<string, unknown> } = {},
  ): QueueMessage {
    const { delaySeconds = this.settings.delaySeconds, messageAttributes = {} } = options;
    return this.accept({
      messageId: randomUUID(),
      body,
      md5OfBody: createHash('md5').update(body).digest('hex'),
      messageAttributes,
      sentAt: this.now().getTime(),
      firstReceivedAt: undefined,
      receiveCount: 0,
      visibleAt: Date.now() + delaySeconds * this.secondMs,
      receiptHandle: undefined,
    });
  }

  /** Takes a message from elsewhere, a dead letter: its id stays, and its count goes on. */
  accept(message: QueueMessage): QueueMessage {
    this.messages.set(message.messageId, message);
    this.wake();
    return message;
  }

  /**
   * Waits for the first message up to `waitSeconds` of AWS. What was received too often goes to the dead letters instead.
   *
   * @param signal ends the wait
   */
  async receive(
    max: number,
    { waitSeconds = 0, visibilityTimeout = this.settings.visibilityTimeout, signal }: ReceiveOptions = {},
  ): Promise<readonly QueueMessage[]> {
    const deadline = Date.now() + waitSeconds * this.secondMs;
    for (;;) {
      const taken = this.take(max, visibilityTimeout);
      const left = deadline - Date.now();
      if (taken.length > 0 || left <= 0 || signal?.aborted) return taken;
      await this.wait(left, signal);
    }
  }

  /** @throws ServiceFault `ReceiptHandleIsInvalid` */
  delete(receiptHandle: string): void {
    const message = this.find(receiptHandle);
    if (message?.receiptHandle === receiptHandle) this.messages.delete(message.messageId);
  }

  /** @throws ServiceFault `ReceiptHandleIsInvalid`, `MessageNotInflight` */
  changeVisibility(receiptHandle: string, seconds: number): void {
    const message = this.find(receiptHandle);
    if (message?.receiptHandle !== receiptHandle || message.visibleAt <= Date.now()) {
      throw new ServiceFault('MessageNotInflight', 'The specified message is not in flight.');
    }
    message.visibleAt = Date.now() + seconds * this.secondMs;
    this.wake();
  }

  purge(): void {
    this.messages.clear();
  }

  private take(max: number, visibilityTimeout: number): readonly QueueMessage[] {
    const taken: QueueMessage[] = [];
    const { redrive } = this.settings;
    for (const message of this.messages.values()) {
      if (taken.length === max) break;
      if (message.visibleAt > Date.now()) continue;
      if (redrive && message.receiveCount >= redrive.maxReceiveCount) {
        this.messages.delete(message.messageId);
        this.bury(redrive.deadLetterTargetArn, { ...message, visibleAt: Date.now(), receiptHandle: undefined });
        continue;
      }
      message.receiveCount += 1;
      message.firstReceivedAt ??= this.now().getTime();
      message.visibleAt = Date.now() + visibilityTimeout * this.secondMs;
      message.receiptHandle = randomBytes(48).toString('base64');
      this.handles.set(message.receiptHandle, message.messageId);
      taken.push({ ...message });
    }
    return taken;
  }

  private find(receiptHandle: string): QueueMessage | undefined {
    const id = this.handles.get(receiptHandle);
    if (id === undefined) throw new ServiceFault('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
    return this.messages.get(id);
  }

  private wake(): void {
    for (const resume of this.waiting) resume();
  }

  /** Until a message comes or becomes visible, but `ms` at most. */
  private async wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
    const visibleIn = [...this.messages.values()].map(({ visibleAt }) => visibleAt - Date.now());
    await new Promise<void>((resolve) => {
      const resume = () => {
        clearTimeout(timer);
        this.waiting.delete(resume);
        signal?.removeEventListener('abort', resume);
        resolve();
      };
      const timer = setTimeout(resume, Math.max(1, Math.min(ms, ...visibleIn)));
      // A poll that nobody waits for any more must not keep a process.
      timer.unref();
      this.waiting.add(resume);
      signal?.addEventListener('abort', resume);
    });
  }
}

export interface ReceiveOptions {
  readonly waitSeconds?: number;
  readonly visibilityTimeout?: number;
  readonly signal?: AbortSignal;
}
