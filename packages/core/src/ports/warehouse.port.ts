import type { Policy } from '../policy/policy.ts';
import type { CONTENT_COLUMNS } from '../rules/decide-upsert.ts';
import type { FaultCode } from '../rules/faults.ts';
import type { Books } from './books.ts';
import type { RunPhases } from './run-phases.ts';

/** The fact table with everything that must be committed together with it. */
export interface Warehouse {
  /**
   * The content hashes that were committed as `loaded` or `empty`, by key, for those of the keys that have any.
   *
   * @throws PortError `warehouse.unreachable`, `warehouse.not-initialised`
   */
  committedHashes(keys: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>;

  /** Opens a stage of its own for one run. Nothing in it is visible to anybody before `commit`. */
  openStage(runId: string): Promise<Stage>;

  /**
   * Notes that a run failed, where that is still possible. Nothing else of such a run is visible. A run that was committed
   * after all stays as it is.
   */
  recordFailedRun(run: FailedRun): Promise<void>;
}

/** Takes staged lines. Not for concurrent use: await each call before the next. */
export interface StageWriter {
  /** Whole lines of staged text with the columns `STAGED_ROW_COLUMNS`. The buffer belongs to the stage from now on. */
  writeRows(lines: Uint8Array): Promise<void>;

  /** Whole lines of staged text with the columns `STAGED_REJECT_COLUMNS`. */
  writeRejects(lines: Uint8Array): Promise<void>;
}

/** Rows of one run on their way. */
export interface Stage extends StageWriter {
  /**
   * One transaction, the lock first: leaves out files that another run committed meanwhile (same key and hash), collapses
   * to one row per transaction_id, decides, applies, writes decisions, rejects, file entries and the run, checks that the
   * books close, commits. Staged lines whose `file_no` is not among the files with status `loaded` or `replayed` count for
   * nothing. Of a replay the rejects whose rows are staged are resolved; those that are rejected again get their new faults.
   *
   * @throws PortError `warehouse.books-open` (nothing committed), `warehouse.count-mismatch` (the stage does not hold what
   * the transform counted; nothing committed), `warehouse.rejects-settled` (a reject of a replay is not open any more;
   * nothing committed), `warehouse.unreachable`, `warehouse.commit-unknown` (the answer was lost),
   * `warehouse.run-exists` (a run of this id is recorded already; nothing committed)
   */
  commit(run: RunToCommit): Promise<CommittedRun>;

  /**
   * Instead of `commit`: what that would do now, by the same steps on the same facts, and nothing done. It waits for nobody,
   * and nobody waits for it; what another run commits later is not in it. The stage can only be closed then.
   *
   * @throws PortError `warehouse.count-mismatch`, `warehouse.unreachable`
   */
  preview(run: RunToPreview): Promise<PreviewedRun>;

  /** Drops the stage; safe after `commit` or `preview`, and more than once. */
  close(): Promise<void>;
}

export interface RunToCommit {
  readonly runId: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly startedAt: number;
  readonly committedAt: number;
  /** Those before the commit, as far as they were measured. */
  readonly phases?: Omit<RunPhases, 'committing'> | undefined;
  readonly policy: Policy;
  readonly policyHash: string;
  /** Warnings of the run, in words. */
  readonly warnings: readonly string[];
  readonly files: readonly FileToCommit[];
}

/** One delivery as the transform left it. */
export interface FileToCommit {
  /** Number of the file in its run, from 1; staged lines carry it. */
  readonly fileNo: number;
  readonly key: string;
  readonly contentHash: string;
  /**
   * `replayed`: the staged lines are open rejects of this delivery, read again. It is not left out for being committed, and
   * does not count as such.
   */
  readonly status: 'loaded' | 'empty' | 'refused' | 'replayed';
  /** Why it was refused; undefined otherwise. */
  readonly refusal: FileRefusal | undefined;
  /** Bytes as delivered; of a replay those of its records. */
  readonly size: number;
  /** `YYYY-MM-DD`, version field 3. */
  readonly sourceDay: string;
  /** Milliseconds since 1970-01-01 UTC, version field 4. */
  readonly sourceModified: number;
  /** The header record as delivered: with it a kept raw record can be read again. Empty where there was none. */
  readonly header: string;
  /** Data rows read, blank lines apart; of a refused file the rows read until it was refused. */
  readonly read: number;
  readonly blankLines: number;
  /** Rows rejected and, counted per code, why (a row counts once under each of its codes). */
  readonly rejected: number;
  readonly rejectsByCode: Readonly<Partial<Record<FaultCode, number>>>;
}

/** A file as it was delivered. */
export interface DeliveredFile extends FileToCommit {
  readonly status: Exclude<FileToCommit['status'], 'replayed'>;
}

export interface FileRefusal {
  readonly code: FileRefusalCode;
  readonly message: string;
}

export const FILE_REFUSAL_CODES = [
  'header-missing-column',
  'header-duplicate-column',
  'file-not-text',
  'reject-rate-exceeded',
] as const;
export type FileRefusalCode = (typeof FILE_REFUSAL_CODES)[number];

export interface CommittedRun {
  /** One entry a file that was handed to `commit`, in that order; a refused file's books are all zero. */
  readonly files: readonly CommittedFile[];
}

export interface CommittedFile {
  readonly key: string;
  readonly status: 'loaded' | 'empty' | 'refused' | 'replayed' | 'already-loaded';
  readonly books: Books;
}

export interface RunToPreview {
  readonly policy: Policy;
  readonly files: readonly DeliveredFile[];
  /** At most so many rejects and so many changes of each file are told; whole, from 0. */
  readonly examples: number;
}

export interface PreviewedRun {
  /** As `CommittedRun` would have them. */
  readonly files: readonly CommittedFile[];
  /** The first of each file, by file and line. */
  readonly rejects: readonly PreviewedReject[];
  /** The first of each file, by file and line. */
  readonly changes: readonly PreviewedChange[];
}

/** A row that would be rejected. */
export interface PreviewedReject {
  readonly key: string;
  /** Physical line on which the row starts. */
  readonly line: number;
  readonly codes: readonly FaultCode[];
}

/** A row that would be `updated`. */
export interface PreviewedChange {
  readonly key: string;
  readonly line: number;
  readonly transactionId: string;
  /** What is stored and what would be, where they differ; in the order of `CONTENT_COLUMNS`. */
  readonly columns: readonly ChangedColumn[];
}

export interface ChangedColumn {
  readonly column: (typeof CONTENT_COLUMNS)[number];
  readonly before: string;
  readonly after: string;
}

export interface FailedRun {
  readonly runId: string;
  readonly startedAt: number;
  readonly failedAt: number;
  readonly policyHash: string;
  readonly error: string;
}
