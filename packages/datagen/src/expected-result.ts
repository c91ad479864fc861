import type { DeliveryKind } from './delivery-plan.ts';
import type { FactFigures } from './fact-ledger.ts';
import type { ResolvedOptions } from './resolve-options.ts';

export interface FileFigures {
  readonly read: number;
  readonly rejected: number;
}

/** `expected.json`: the result of ingesting the whole landing place once into empty tables. */
export interface ExpectedResult extends FileFigures, FactFigures {
  /** One for each fault of each rejected row, in the order of the codes. */
  readonly rejects_by_code: Readonly<Record<string, number>>;
  /** By key: the path below the landing place. */
  readonly files: Readonly<Record<string, FileFigures>>;
  readonly seed: number;
  readonly options: ResolvedOptions;
}

/**
 * `expected-after-later.json`. The facts are those after landing and later deliveries; `read`, `rejected`,
 * `rejects_by_code` and `files` tell of the later deliveries alone, the repeated file (nothing of it is read) left out.
 */
export interface ExpectedAfterLater extends ExpectedResult {
  readonly deliveries: readonly LaterDelivery[];
}

/** One file of the second wave. */
export interface LaterDelivery {
  readonly kind: Extract<DeliveryKind, 'late-updates' | 'repeat' | 'correction'>;
  readonly key: string;
  /** ISO 8601, UTC. */
  readonly modified: string;
  /** What the pipeline makes of it after the landing place. */
  readonly outcome: 'loaded' | 'already-loaded';
}
