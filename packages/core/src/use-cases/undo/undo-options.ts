import type { Policy } from '../../policy/policy.ts';
import type { Clock } from '../../ports/clock.port.ts';
import type { LandingZone } from '../../ports/landing-zone.port.ts';
import type { RunHistory } from '../../ports/run-history.port.ts';
import type { RunUndo } from '../../ports/run-undo.port.ts';
import type { UndoEvent } from '../../ports/undo-event.ts';
import type { Unpacker } from '../../ports/unpacker.port.ts';
import type { JoinedDimensions } from '../read-dimensions.ts';

export interface UndoPorts {
  readonly undo: RunUndo;
  readonly history: Pick<RunHistory, 'run'>;
  /** Where the deliveries of other runs lie: the archive, read as a landing place. Without it no row comes back. */
  readonly archive: Pick<LandingZone, 'find' | 'open'> | undefined;
  readonly dimensions: JoinedDimensions;
  readonly unpacker: Unpacker;
  readonly clock: Clock;
}

export interface UndoOptions {
  readonly runId: string;
  readonly policy: Policy;
  /** Asked when it is known what the undo does, before anything is changed; `false` ends it there. */
  readonly confirm: (books: UndoBooks) => Promise<boolean>;
  /** The most bytes that the dimensions may take in memory. */
  readonly maxDimensionBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: UndoEvent | UndoProgress) => void) | undefined;
}

export type UndoProgress =
  | { readonly kind: 'steps-read'; readonly steps: number }
  | { readonly kind: 'source-started'; readonly key: string };

export type UndoOutcome =
  | { readonly kind: 'unknown' }
  /** It failed, so that nothing of it is stored. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'undone-before'; readonly undoneAt: number }
  /** Not confirmed: nothing was changed. */
  | { readonly kind: 'left'; readonly books: UndoBooks }
  | { readonly kind: 'undone'; readonly undoneAt: number; readonly books: UndoBooks };

/** `facts = restored + deleted + left`, of the facts that came from the run. */
export interface UndoBooks {
  readonly runId: string;
  readonly facts: number;
  /** Facts that have the row of another run again. */
  readonly restored: number;
  /** Facts that no other run delivered. */
  readonly deleted: number;
  /** Facts that stay as they are, by reason; only reasons that there are. */
  readonly left: readonly FactsLeft[];
  /** Rows of the run that another run's rows replaced since then, or that said what was stored: nothing of them is to be undone. */
  readonly replaced: number;
}

export const LEFT_REASONS = ['decisions-not-kept', 'not-in-archive', 'archive-unreadable', 'row-not-valid'] as const;
/**
 * `decisions-not-kept`: which row would stand is not known. `not-in-archive`: the delivery of that row does not lie there with
 * its content. `archive-unreadable`: it lies there, and cannot be read. `row-not-valid`: by the policy and the dimensions in
 * force the row is rejected.
 */
export type LeftReason = (typeof LEFT_REASONS)[number];

export interface FactsLeft {
  readonly reason: LeftReason;
  readonly facts: number;
  /** Some of them. */
  readonly first: readonly FactLeft[];
}

export interface FactLeft {
  readonly transactionId: string;
  /** Where the row lay that would come back; undefined where that is not known. */
  readonly key: string | undefined;
  readonly line: number | undefined;
}
