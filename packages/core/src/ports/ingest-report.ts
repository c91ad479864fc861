import type { FaultCode } from '../rules/faults.ts';
import type { RunStatus } from './run-history.port.ts';
import type { Books, FileRefusalCode } from './warehouse.port.ts';

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

export const EMPTY_BOOKS: Books = {
  read: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  stale: 0,
  duplicate: 0,
  rejected: 0,
};

export function addBooks(all: readonly Books[]): Books {
  const sum = (name: keyof Books) => all.reduce((total, books) => total + books[name], 0);
  return {
    read: sum('read'),
    inserted: sum('inserted'),
    updated: sum('updated'),
    unchanged: sum('unchanged'),
    stale: sum('stale'),
    duplicate: sum('duplicate'),
    rejected: sum('rejected'),
  };
}
