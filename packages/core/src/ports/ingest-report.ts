import type { FaultCode } from '../rules/faults.ts';
import type { Books } from './books.ts';
import type { RunStatus } from './run-history.port.ts';
import type { FileRefusalCode } from './warehouse.port.ts';

/** What became of a file in a run. */
export type FileStatus = 'loaded' | 'already-loaded' | 'empty' | 'refused' | 'replayed' | 'failed';

export interface FileReport extends Books {
  readonly key: string;
  readonly status: FileStatus;
  /** Undefined where the file failed before it was read to the end. */
  readonly contentHash: string | undefined;
  readonly rejectsByCode: Readonly<Partial<Record<FaultCode, number>>>;
  /** The physical line of the first row that was rejected under each code; the header is on line 1. */
  readonly firstRejects: Readonly<Partial<Record<FaultCode, number>>>;
  /** Why it was refused or failed. */
  readonly problem: FileProblem | undefined;
  /** Where it was taken after the commit; undefined where it stayed. */
  readonly takenTo: 'archive' | 'quarantine' | undefined;
}

export interface FileProblem {
  /** A code of rules (`header-missing-column`) or of the machinery (`landing.changed`, `archive.write-failed`). */
  readonly code: FileRefusalCode | string;
  readonly message: string;
  readonly remedy: string | undefined;
}

export interface IngestReport {
  readonly runId: string;
  readonly status: RunStatus;
  readonly files: readonly FileReport[];
  readonly totals: Books;
  /** Number of files taken to the archive and to the quarantine. */
  readonly archived: number;
  readonly quarantined: number;
  /** Files that are committed, but could not be taken away; the next run does it. */
  readonly notMoved: readonly { readonly key: string; readonly problem: FileProblem }[];
  readonly warnings: readonly string[];
}
