import { randomUUID } from 'node:crypto';
import type { DeliveryTargets } from '../server/delivery-targets.ts';
import type { EventCourier } from '../server/event-courier.ts';
import { ServiceFault } from '../server/service.ts';
import type { AwsEvent, EventSink, ServiceEvent } from '../server/simulator-context.ts';
import { matchesPattern } from './match-pattern.ts';
import type { Rule, RuleTarget } from './rule.ts';

/** What no target took and no dead letter queue got. */
export interface DroppedEvent {
  readonly rule: string;
  readonly target: string;
  readonly event: AwsEvent;
  readonly why: string;
}

/** The default bus: events come late, twice or never as seeded, and go to the targets of the rules that match. */
export class EventBus implements EventSink {
  readonly rules = new Map<string, Rule>();
  readonly dropped: DroppedEvent[] = [];
  private readonly region: string;
  private readonly account: string;
  private readonly now: () => Date;
  private readonly courier: EventCourier;
  private readonly targets: DeliveryTargets;

  constructor(options: {
    region: string;
    account: string;
    now: () => Date;
    courier: EventCourier;
    targets: DeliveryTargets;
  }) {
    this.region = options.region;
    this.account = options.account;
    this.now = options.now;
    this.courier = options.courier;
    this.targets = options.targets;
  }

  publish(event: ServiceEvent): void {
    const whole = this.complete(event);
    const { source, 'detail-type': detailType, identity = detailType } = event;
    this.courier.carry(source, identity, async () => this.dispatch(whole));
  }

  /**
   * The moment of a scheduled rule has come.
   *
   * @throws ServiceFault `ResourceNotFoundException` where there is no such rule, or it has no schedule
   */
  fireSchedule(ruleName: string): void {
    const rule = this.rules.get(ruleName);
    if (rule?.schedule === undefined) {
      const known = [...this.rules.values()].filter(({ schedule }) => schedule !== undefined).map(({ name }) => name);
      throw new ServiceFault(
        'ResourceNotFoundException',
        `There is no scheduled rule ${ruleName}; those are: ${known.join(', ')}`,
      );
    }
    const scheduled = { source: 'aws.events', 'detail-type': 'Scheduled Event', resources: [rule.arn], detail: {} };
    if (rule.isEnabled) this.deliver(rule, this.complete(scheduled));
  }

  complete(event: ServiceEvent): AwsEvent {
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': event['detail-type'],
      source: event.source,
      account: this.account,
      time: `${this.now().toISOString().slice(0, 19)}Z`,
      region: this.region,
      resources: event.resources ?? [],
      detail: event.detail,
    };
  }

  private dispatch(event: AwsEvent): void {
    for (const rule of this.rules.values()) {
      if (rule.isEnabled && rule.pattern !== undefined && matchesPattern(rule.pattern, event))
        this.deliver(rule, event);
    }
  }

  private deliver(rule: Rule, event: AwsEvent): void {
    for (const target of rule.targets.values()) {
      const payload = payloadFor(target, event);
      try {
        this.targets.send(target.arn, payload);
      } catch (error) {
        this.bury(rule, target, event, payload, error);
      }
    }
  }

  private bury(rule: Rule, target: RuleTarget, event: AwsEvent, payload: string, error: unknown): void {
    if (!(error instanceof ServiceFault)) throw error;
    const { deadLetterArn } = target;
    if (deadLetterArn !== undefined && this.targets.has(deadLetterArn)) {
      this.targets.send(deadLetterArn, payload);
    } else {
      this.dropped.push({ rule: rule.name, target: target.arn, event, why: error.message });
    }
  }
}

function payloadFor({ input, inputPath }: RuleTarget, event: AwsEvent): string {
  if (input !== undefined) return input;
  if (inputPath === undefined) return JSON.stringify(event);
  let part: unknown = event;
  for (const name of inputPath.split('.').slice(1)) part = (part as Record<string, unknown> | undefined)?.[name];
  return JSON.stringify(part ?? null);
}
