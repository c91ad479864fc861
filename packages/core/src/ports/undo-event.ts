import type { FileProblem } from './ingest-report.ts';

/** What programs are told when a run is taken back, as they were told of the run: facts change. */
export type UndoEvent =
  /** It is confirmed, and about to be committed. */
  | { readonly kind: 'undo-started'; readonly runId: string }
  | { readonly kind: 'undo-ended'; readonly runId: string; readonly undoneAt: number; readonly counts: UndoCounts }
  /** Nothing was changed, but for `warehouse.commit-unknown`. */
  | { readonly kind: 'undo-failed'; readonly runId: string; readonly problem: FileProblem };

/** Of facts, but for `replaced`, which are rows; `facts = restored + deleted + left`. */
export interface UndoCounts {
  readonly facts: number;
  readonly restored: number;
  readonly deleted: number;
  readonly left: number;
  readonly replaced: number;
}
