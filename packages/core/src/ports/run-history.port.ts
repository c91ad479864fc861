import type { FaultCode } from '../rules/faults.ts';
import type { Books, FileRefusal } from './warehouse.port.ts';

/** What earlier runs did. */
export interface RunHistory {
  /** Newest start first. `limit` from 1 to 1000. */
  runs(limit: number): Promise<readonly RunSummary[]>;
  run(runId: string): Promise<RunRecord | undefined>;
}

/** `succeeded-with-rejects`: committed, but at least one row was rejected or one file refused. */
export type RunStatus = 'succeeded' | 'succeeded-with-rejects' | 'failed';

export interface RunSummary {
  readonly runId: string;
  readonly status: RunStatus;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly startedAt: number;
  /** When its commit began, or when it failed. */
  readonly finishedAt: number;
  readonly policyHash: string;
  readonly totals: Books;
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
  readonly status: 'loaded' | 'empty' | 'refused' | 'replayed';
  readonly refusal: FileRefusal | undefined;
  readonly size: number;
  readonly sourceDay: string;
  readonly sourceModified: number;
  readonly blankLines: number;
  readonly books: Books;
  readonly rejectsByCode: Readonly<Partial<Record<FaultCode, number>>>;
}
