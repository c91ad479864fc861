import type { Delivery } from '../model/delivery.ts';
import type { ModelPolicy } from '../model/judge-delivery.ts';

/** One way in which a set of deliveries may come about. */
export interface Schedule {
  readonly policy: ModelPolicy;
  /** Whether the landing place keeps older versions of a file, as a bucket does. */
  readonly keepsVersions: boolean;
  /** No two alike in key and content, nor in key and time. */
  readonly deliveries: readonly Delivery[];
  readonly steps: readonly Step[];
}

export interface Step {
  /** Place of its delivery among `deliveries`. */
  readonly delivery: number;
  /**
   * How it comes where it came before: `again` as it was, `later` with a newer time of modification, `replay` as the archive
   * has it. The first time it simply comes.
   */
  readonly as: 'again' | 'later' | 'replay';
  /** A run follows that takes all files, or only some of them. */
  readonly run: 'none' | 'all' | 'some';
}
