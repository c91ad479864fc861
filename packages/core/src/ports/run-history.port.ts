import type { FaultCode } from '../rules/faults.ts';
import type { Books } from './books.ts';
import type { RunPhases } from './run-phases.ts';
import type { FileRefusal } from './warehouse.port.ts';

/** What earlier runs did. */
export interface RunHistory {
  /**
   * Those that fit, newest first: by start, of those that started at once the greater id first.
   *
   * @throws PortError `warehouse.unreachable`, `warehouse.not-initialised`
   */
  runs(query: RunQuery): Promise<readonly RunSummary[]>;
  run(runId: string): Promise<RunRecord | undefined>;
  /** Over all runs. Not one state: of what is committed meanwhile a part may be counted. */
  sumUp(): Promise<HistoryTotals>;
  /** Rejected rows that are neither resolved nor dismissed. Costs little, however many runs there were. */
  openRejects(): Promise<number>;
}

export interface RunQuery {
  /** At most so many, from 1 to 1000. */
  readonly limit: number;
  /** Only those that come after this one in the order, which is to say those that are older. */
  readonly before?: RunPlace | undefined;
  /** At least one. */
  readonly statuses?: readonly RecordedStatus[] | undefined;
}

/** Where a run stands among all. A run of this id need not be there. */
export type RunPlace = Pick<RunSummary, 'startedAt' | 'runId'>;

/**
 * Of a run as it is recorded. `succeeded-with-rejects`: committed, but at least one row was rejected or one file refused.
 * `undone`: committed, and taken back later.
 */
export const RUN_STATUSES = ['succeeded', 'succeeded-with-rejects', 'failed', 'undone'] as const;
export type RecordedStatus = (typeof RUN_STATUSES)[number];

/** Of a run that has just ended. */
export type RunStatus = Exclude<RecordedStatus, 'undone'>;

export interface HistoryTotals {
  /** Number of runs by status; none stands for 0. */
  readonly runs: Readonly<Partial<Record<RecordedStatus, number>>>;
  /** Number of file entries by status; none stands for 0. */
  readonly files: Readonly<Partial<Record<FileRecord['status'], number>>>;
  readonly rows: Books;
  /** Rejected rows; a row counts once under each of its codes, and again where a replay rejected it again. */
  readonly rejectsByCode: Readonly<Partial<Record<FaultCode, number>>>;
  readonly openRejects: number;
  /** When the commit of the newest run that was committed began. */
  readonly lastSuccessAt: number | undefined;
}

export interface RunSummary {
  readonly runId: string;
  readonly status: RecordedStatus;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly startedAt: number;
  /** When its commit began, or when it failed. */
  readonly finishedAt: number;
  /** When it was undone. */
  readonly undoneAt: number | undefined;
  readonly policyHash: string;
  readonly totals: Books;
  readonly phases: RunPhases;
  /** Number of file entries. */
  readonly files: number;
  readonly warnings: readonly string[];
  /** Why it failed. */
  readonly error: string | undefined;
}

export interface RunRecord extends Omit<RunSummary, 'files'> {
  readonly files: readonly FileRecord[];
}

export interface FileRecord {
  readonly key: string;
  readonly contentHash: string;
  /** `undone`: loaded, empty or replayed by a run that was undone; the same content may be loaded again. */
  readonly status: 'loaded' | 'empty' | 'refused' | 'replayed' | 'undone';
  readonly refusal: FileRefusal | undefined;
  readonly size: number;
  readonly sourceDay: string;
  readonly sourceModified: number;
  readonly blankLines: number;
  readonly books: Books;
  readonly rejectsByCode: Readonly<Partial<Record<FaultCode, number>>>;
}
