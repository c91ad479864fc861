import type { FileRecord, RunRecord } from '../ports/run-history.port.ts';
import type { Books, CommittedFile, FileToCommit, RunToCommit } from '../ports/warehouse.port.ts';
import type { Verdict } from '../rules/decide-upsert.ts';
import type { JudgedRow } from './incoming-row.ts';

export const NO_BOOKS: Books = {
  read: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  stale: 0,
  duplicate: 0,
  rejected: 0,
};

export function toFileRecord(file: FileToCommit, judged: readonly JudgedRow[]): FileRecord {
  const { fileNo, header: _, read, rejected, ...kept } = file;
  const count = (verdict: Verdict) =>
    judged.filter((row) => row.file.fileNo === fileNo && row.verdict === verdict).length;
  const books = {
    read,
    inserted: count('inserted'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    stale: count('stale'),
    duplicate: count('duplicate'),
    rejected,
  };
  return { ...kept, books: hasStagedRows(file) ? books : NO_BOOKS };
}

/** Whether its staged lines count. */
export function hasStagedRows({ status }: Pick<FileToCommit, 'status'>): boolean {
  return status === 'loaded' || status === 'replayed';
}

export function toRunRecord(run: RunToCommit, files: readonly FileRecord[]): RunRecord {
  const totals = files.reduce((sum, { books }) => addBooks(sum, books), NO_BOOKS);
  const isClean = totals.rejected === 0 && files.every(({ status }) => status !== 'refused');
  return {
    runId: run.runId,
    status: isClean ? 'succeeded' : 'succeeded-with-rejects',
    startedAt: run.startedAt,
    finishedAt: run.committedAt,
    undoneAt: undefined,
    policyHash: run.policyHash,
    totals,
    phases: run.phases ?? {},
    files,
    warnings: run.warnings,
    error: undefined,
  };
}

function addBooks(a: Books, b: Books): Books {
  return {
    read: a.read + b.read,
    inserted: a.inserted + b.inserted,
    updated: a.updated + b.updated,
    unchanged: a.unchanged + b.unchanged,
    stale: a.stale + b.stale,
    duplicate: a.duplicate + b.duplicate,
    rejected: a.rejected + b.rejected,
  };
}

export function toCommittedFile({ key }: FileToCommit, record: FileRecord | undefined): CommittedFile {
  return record === undefined
    ? { key, status: 'already-loaded', books: NO_BOOKS }
    : { key, status: record.status as CommittedFile['status'], books: record.books };
}
