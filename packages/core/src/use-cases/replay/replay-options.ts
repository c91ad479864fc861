import type { Policy } from '../../policy/policy.ts';
import type { Clock } from '../../ports/clock.port.ts';
import type { Books, IngestEvent } from '../../ports/index.ts';
import type { RejectFilter, RejectPlace, RejectStore } from '../../ports/reject-store.port.ts';
import type { Warehouse } from '../../ports/warehouse.port.ts';
import type { JoinedDimensions } from '../read-dimensions.ts';

export interface ReplayPorts {
  readonly rejects: Pick<RejectStore, 'readRejects'>;
  readonly dimensions: JoinedDimensions;
  readonly warehouse: Pick<Warehouse, 'openStage' | 'recordFailedRun'>;
  readonly clock: Clock;
}

export interface ReplayOptions {
  /** Called once a run; each id unique among all runs. */
  readonly newRunId: () => string;
  readonly policy: Policy;
  /** Which of the open rejects; all of them where nothing is said. */
  readonly filter?: Omit<RejectFilter, 'state'> | undefined;
  /** Only rejects that come after this place. */
  readonly after?: RejectPlace | undefined;
  /** At most so many rejects, from 1. */
  readonly limit?: number | undefined;
  /** The most rejects that one run takes, from 1. Default 100,000. */
  readonly rejectsARun?: number | undefined;
  /** Asked after each run that may not be the last: whether to go on behind this place. */
  readonly goesOn?: ((behind: RejectPlace) => Promise<boolean>) | undefined;
  /** The most bytes that the dimensions may take in memory. */
  readonly maxDimensionBytes?: number | undefined;
  /** Ends the replay before its next commit; runs that are committed stay. */
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: ReplayEvent) => void) | undefined;
}

export type ReplayEvent =
  | { readonly kind: 'rejects-read'; readonly rejects: number }
  | Extract<IngestEvent, { kind: 'run-started' | 'committing' | 'file-ended' | 'run-ended' | 'run-failed' }>;

/** What became of the rejects. `read = healed + changed + unchanged + unreadable`. */
export interface ReplayReport {
  /** The runs that were committed; none where nothing would have changed. */
  readonly runs: readonly string[];
  /** The books of these runs together. */
  readonly totals: Books;
  readonly read: number;
  /** Accepted, and resolved therefore; whether such a row won against the stored one is told by `totals`. */
  readonly healed: number;
  /** Rejected again, with other faults than before. */
  readonly changed: number;
  /** Rejected again with the same faults: left as they are. */
  readonly unchanged: number;
  /** Not replayed, because their records were not kept whole and as text. */
  readonly unreadable: number;
  /** Whether all that fit were read; else a limit was reached, or `goesOn` said no. */
  readonly isComplete: boolean;
  /** Some of those that are unreadable. */
  readonly firstUnreadable: readonly RejectPlace[];
  /** What somebody should look at, in words. */
  readonly warnings: readonly string[];
}
