import { randomUUID } from 'node:crypto';
import type { DeliveryTargets } from '../server/delivery-targets.ts';
import { notImplemented, ServiceFault } from '../server/service.ts';
import { checkMessage, type NewMessage } from './check-message.ts';

/** What an email subscriber found in the mailbox. */
export interface Mail {
  readonly to: string;
  readonly topicArn: string;
  readonly messageId: string;
  readonly subject: string;
  readonly body: string;
}

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly isRaw: boolean;
  /** Nothing is sent before the subscriber confirmed. */
  isConfirmed: boolean;
}

export interface TopicsOptions {
  readonly region: string;
  readonly account: string;
  readonly now: () => Date;
  readonly targets: DeliveryTargets;
  /** Whether email subscribers confirm at once; on AWS they have to click. */
  readonly confirmsEmails: boolean;
}

const PROTOCOLS = ['email', 'email-json', 'sqs', 'lambda'];

/** Topics of SNS, who subscribed, and what came by mail. */
export class Topics {
  readonly mailbox: Mail[] = [];
  readonly subscriptions: Subscription[] = [];
  readonly arns = new Set<string>();
  private readonly options: TopicsOptions;

  constructor(options: TopicsOptions) {
    this.options = options;
  }

  create(name: string): string {
    if (!/^[\w-]{1,256}$/.test(name)) throw new ServiceFault('InvalidParameter', 'Invalid parameter: Topic Name');
    const { region, account } = this.options;
    const arn = `arn:aws:sns:${region}:${account}:${name}`;
    this.arns.add(arn);
    return arn;
  }

  subscribe(topicArn: string, protocol: string, endpoint: string, isRaw = false): Subscription {
    this.check(topicArn);
    if (!PROTOCOLS.includes(protocol)) throw notImplemented(`subscriptions by ${protocol}`);
    const known = this.subscriptions.find(
      (one) => one.topicArn === topicArn && one.protocol === protocol && one.endpoint === endpoint,
    );
    if (known) return known;
    const isConfirmed = !protocol.startsWith('email') || this.options.confirmsEmails;
    const subscription = { arn: `${topicArn}:${randomUUID()}`, topicArn, protocol, endpoint, isRaw, isConfirmed };
    this.subscriptions.push(subscription);
    return subscription;
  }

  /** The subscriber clicks the link in the mail. */
  confirm(endpoint: string): void {
    for (const subscription of this.subscriptions) {
      if (subscription.endpoint === endpoint) subscription.isConfirmed = true;
    }
  }

  /**
   * @returns the message's id
   * @throws ServiceFault `NotFound`, `InvalidParameter`
   */
  publish(topicArn: string, message: NewMessage): string {
    this.check(topicArn);
    const texts = checkMessage(message);
    const messageId = randomUUID();
    for (const subscription of this.subscriptions) {
      if (subscription.topicArn !== topicArn || !subscription.isConfirmed) continue;
      const text = texts[subscription.protocol] ?? texts.default;
      this.deliver(subscription, messageId, message.subject, text);
    }
    return messageId;
  }

  check(topicArn: string): void {
    if (!this.arns.has(topicArn)) throw new ServiceFault('NotFound', 'Topic does not exist', 404);
  }

  private deliver(to: Subscription, messageId: string, subject: string | undefined, text: string): void {
    const { topicArn, protocol, endpoint, isRaw } = to;
    const envelope = {
      Type: 'Notification',
      MessageId: messageId,
      TopicArn: topicArn,
      ...(subject === undefined ? {} : { Subject: subject }),
      Message: text,
      Timestamp: this.options.now().toISOString(),
    };
    switch (protocol) {
      case 'email':
      case 'email-json': {
        const body = protocol === 'email' ? text : JSON.stringify(envelope, null, 2);
        this.mailbox.push({ to: endpoint, topicArn, messageId, subject: subject ?? 'AWS Notification Message', body });
        break;
      }
      case 'sqs':
        if (this.options.targets.has(endpoint)) {
          this.options.targets.send(endpoint, isRaw ? text : JSON.stringify(envelope));
        }
        break;
      default: {
        const Records = [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: to.arn, Sns: envelope }];
        if (this.options.targets.has(endpoint)) this.options.targets.send(endpoint, JSON.stringify({ Records }));
      }
    }
  }
}
