import { randomUUID } from 'node:crypto';
import type { EventCourier } from '../server/event-courier.ts';
import { notImplemented, ServiceFault } from '../server/service.ts';
import type { EventSink } from '../server/simulator-context.ts';
import type { Bucket } from './bucket.ts';
import { type EventOrigin, eventNameOf, toEventBridgeEvent, toNotification } from './s3-events.ts';
import type { StoreChange } from './s3-store.ts';
import { element, parseXml, type Xml } from './xml.ts';

export interface QueueNotification {
  readonly id: string;
  readonly queueArn: string;
  /** `s3:ObjectCreated:*` */
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

export interface NotificationConfiguration {
  readonly eventBridge: boolean;
  readonly queues: readonly QueueNotification[];
}

/** Where messages of S3 go: the queues of the simulator. */
export interface QueueSink {
  has(queueArn: string): boolean;
  send(queueArn: string, body: string): void;
}

/** Tells EventBridge and queues what happens in buckets, as far as a bucket's configuration says so. */
export class S3Notifications {
  private readonly configurations = new Map<string, NotificationConfiguration>();
  private readonly events: EventSink;
  private readonly queues: QueueSink;
  private readonly courier: EventCourier;
  private readonly origin: (requestId: string) => EventOrigin;

  constructor(events: EventSink, queues: QueueSink, courier: EventCourier, origin: (requestId: string) => EventOrigin) {
    this.events = events;
    this.queues = queues;
    this.courier = courier;
    this.origin = origin;
  }

  notify(change: StoreChange, requestId: string): void {
    const configuration = this.configurations.get(change.bucket.name);
    if (configuration === undefined) return;
    const origin = this.origin(requestId);
    if (configuration.eventBridge) this.events.publish(toEventBridgeEvent(change, origin));
    for (const queue of configuration.queues) {
      if (!isWanted(queue, change)) continue;
      const body = JSON.stringify(toNotification(change, queue.id, origin));
      this.courier.carry('aws.s3', `${change.bucket.name}/${change.version.key}`, async () => {
        this.queues.send(queue.queueArn, body);
      });
    }
  }

  /** Queues get a test event first, as on AWS. */
  configure(bucket: Bucket, body: Buffer, requestId: string): void {
    this.set(bucket, readConfiguration(body), requestId);
  }

  /** @throws ServiceFault `InvalidArgument` where a queue does not exist */
  set(bucket: Bucket, configuration: NotificationConfiguration, requestId: string): void {
    for (const { queueArn } of configuration.queues) {
      if (!this.queues.has(queueArn)) {
        throw new ServiceFault('InvalidArgument', 'Unable to validate the following destination configurations', 400, {
          fields: { ArgumentName1: queueArn, ArgumentValue1: 'The destination queue does not exist' },
        });
      }
    }
    this.configurations.set(bucket.name, configuration);
    const test = { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: bucket.name, RequestId: requestId };
    for (const { queueArn } of configuration.queues) {
      const { now } = this.origin(requestId);
      this.queues.send(queueArn, JSON.stringify({ ...test, Time: now.toISOString(), HostId: randomUUID() }));
    }
  }

  describe(bucket: Bucket): readonly Xml[] {
    const { eventBridge, queues } = this.configurations.get(bucket.name) ?? { eventBridge: false, queues: [] };
    return [
      ...queues.map(({ id, queueArn, events, prefix, suffix }) =>
        element('QueueConfiguration', [
          element('Id', id),
          element('Queue', queueArn),
          ...events.map((event) => element('Event', event)),
          element('Filter', element('S3Key', [filterRule('Prefix', prefix), filterRule('Suffix', suffix)])),
        ]),
      ),
      element('EventBridgeConfiguration', eventBridge ? '' : undefined),
    ];
  }
}

function readConfiguration(body: Buffer): NotificationConfiguration {
  const lists = ['QueueConfiguration', 'Event', 'FilterRule'];
  const parsed = parseXml(body, 'NotificationConfiguration', lists);
  for (const unknown of ['TopicConfiguration', 'CloudFunctionConfiguration']) {
    if (parsed[unknown] !== undefined) throw notImplemented(`notifications by ${unknown}`);
  }
  const queues = ((parsed.QueueConfiguration ?? []) as readonly ParsedQueue[]).map(({ Id, Queue, Event, Filter }) => ({
    id: Id ?? randomUUID(),
    queueArn: Queue,
    events: Event,
    prefix: ruleOf(Filter, 'prefix'),
    suffix: ruleOf(Filter, 'suffix'),
  }));
  return { eventBridge: parsed.EventBridgeConfiguration !== undefined, queues };
}

interface ParsedQueue {
  readonly Id?: string;
  readonly Queue: string;
  readonly Event: readonly string[];
  readonly Filter?: ParsedFilter;
}

interface ParsedFilter {
  readonly S3Key?: { readonly FilterRule?: readonly { readonly Name: string; readonly Value?: string }[] };
}

function ruleOf(filter: ParsedFilter | undefined, name: string): string {
  return filter?.S3Key?.FilterRule?.find((rule) => rule.Name.toLowerCase() === name)?.Value ?? '';
}

function filterRule(name: string, value: string): Xml {
  return element('FilterRule', [element('Name', name), element('Value', value)]);
}

function isWanted({ events, prefix, suffix }: QueueNotification, change: StoreChange): boolean {
  const { key } = change.version;
  const name = `s3:${eventNameOf(change)}`;
  const isNamed = events.some((event) => (event.endsWith('*') ? name.startsWith(event.slice(0, -1)) : name === event));
  return isNamed && key.startsWith(prefix) && key.endsWith(suffix);
}
