/** Chances are from 0 to 1, and 0 where they are left out. */
export interface FaultOptions {
  /** The same seed gives the same faults. */
  readonly seed: number | string;
  /** Events that reach their targets twice. */
  readonly duplicatedEvents?: number;
  /** Events that reach no target. */
  readonly lostEvents?: number;
  /** Events of these sources only are lost and doubled, `aws.s3`; all where it is left out. */
  readonly eventSources?: readonly string[];
  /** Events wait a chance part of `delay` (250 where that is left out), so that they overtake each other. */
  readonly shuffledEvents?: boolean;
  /** Real milliseconds by which an event is late at most. */
  readonly delay?: number;
  /** Calls refused because there are too many. */
  readonly throttling?: number;
  /** Calls that end with a 500 before they do anything. */
  readonly serverErrors?: number;
  /** Calls that do their work and whose answer never arrives. */
  readonly lostAnswers?: number;
  /** Conditional writes of S3 that are answered by 409 `ConditionalRequestConflict`. */
  readonly writeConflicts?: number;
}

/** How a call ends that is made to fail. `kill`: the function that makes it dies with it; other callers see a reset. */
export type FaultForm =
  | 500
  | 'throttle'
  | 'reset'
  | 'kill'
  | { readonly code: string; readonly status: number; readonly message: string };

export interface InjectedFault {
  /** The service's target, `S3`, `SNS`, `AmazonSQS`, or `*`. */
  readonly service: string;
  /** `PutObject`, or `*`. */
  readonly operation: string;
  /** The first matching call after the injection is 1. */
  readonly call: number;
  /** `after`: the work is done, and the answer tells nothing of it. */
  readonly when: 'before' | 'after';
  readonly as: FaultForm;
}

export interface FaultHandle {
  /** Whether the call came. */
  readonly hasFired: boolean;
  remove(): void;
}
