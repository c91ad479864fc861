import type { FaultPlan } from '../faults/fault-plan.ts';
import type { Secrets } from '../secrets-manager/secrets.ts';
import type { ObjectAccess } from './object-access.ts';
import type { WorkTracker } from './work-tracker.ts';

/** What every service of one simulator shares. */
export interface SimulatorContext {
  readonly region: string;
  /** Twelve digits. */
  readonly account: string;
  readonly now: () => Date;
  /** How many real milliseconds one second of AWS lasts: waits of queues and retries are scaled by it. */
  readonly secondMs: number;
  readonly faults: FaultPlan;
  readonly work: WorkTracker;
  readonly events: EventSink;
  readonly objects: ObjectAccess;
  readonly secrets: Secrets;
  /** Passwords of the administrators of Redshift by their names, as the templates have them made. */
  readonly administrators: Map<string, string>;
}

/** An event as EventBridge hands it to a target. */
export interface AwsEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601 in whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** What a service of AWS tells the default bus. */
export interface ServiceEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly resources?: readonly string[];
  readonly detail: unknown;
  /** Tells the event from others of its source in the same way in every run, for the seeded faults: a bucket and a key. */
  readonly identity?: string;
}

export interface EventSink {
  /** Returns at once; rules and their targets see the event later, in the way that the seeded faults say. */
  publish(event: ServiceEvent): void;
}
