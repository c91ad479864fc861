import type { Policy } from '../policy/policy.ts';
import type { StageWriter } from './warehouse.port.ts';

/**
 * Takes back what a run brought. Afterwards each of its facts is what it would be without the run's deliveries, as far as
 * the decisions tell: the best row that another run delivered, or none.
 */
export interface RunUndo {
  /**
   * What is to be done about each fact that came from the run, in pages of at most some thousand: first those that need no
   * row, then `restore` by source, and by line within one. One state of the tables.
   *
   * @param policy in force: its order of versions tells which row is the best
   * @throws PortError `warehouse.unreachable`, `warehouse.not-initialised`
   */
  steps(runId: string, policy: Policy): AsyncIterable<readonly UndoStep[]>;

  /** Opens a place for the rows that come back. Nothing is changed before `commit`. */
  openUndo(runId: string): Promise<UndoStage>;
}

export type UndoStep =
  /** No other run delivered a row of it. */
  | { readonly kind: 'delete'; readonly transactionId: string }
  /** Of another run's row, which is the best one, the content is to be read again. */
  | { readonly kind: 'restore'; readonly transactionId: string; readonly source: UndoSource; readonly line: number }
  /** Which row is the best one is not known, because decisions were not kept. */
  | { readonly kind: 'doubtful'; readonly transactionId: string };

/** A delivery of a run that stands. */
export interface UndoSource {
  readonly runId: string;
  readonly key: string;
  readonly contentHash: string;
}

export interface UndoStage extends Pick<StageWriter, 'writeRows'> {
  /**
   * One transaction, the lock first: puts the staged rows in the place of the run's facts, with the version and the run of
   * their own deliveries, and removes the facts for which the steps say `delete`. Facts whose step is `restore` and of which
   * no row is staged stay, as do doubtful ones. The run and its files are `undone`; its files may be loaded again. Rejects of
   * the run go, unless they were resolved; those that it resolved are open again. Staged lines whose `file_no` is not among
   * the sources count for nothing.
   *
   * @throws PortError `warehouse.not-undoable` (the run is unknown, failed or undone), `warehouse.undo-outdated` (retryable:
   * somebody committed since the steps were read), `warehouse.books-open`, `warehouse.unreachable`,
   * `warehouse.commit-unknown`; nothing is changed then, but for the last one, where that is not known
   */
  commit(undo: UndoToCommit): Promise<void>;

  /** Drops the stage; safe after `commit` and more than once. */
  close(): Promise<void>;
}

export interface UndoToCommit {
  readonly runId: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly undoneAt: number;
  /** The one that the steps were asked under. */
  readonly policy: Policy;
  /** Of the staged rows, by the `file_no` that they carry. */
  readonly sources: readonly (UndoSource & { readonly fileNo: number })[];
  /** Number of steps `delete`. */
  readonly deleted: number;
  /** Number of staged rows of the sources. */
  readonly restored: number;
}
