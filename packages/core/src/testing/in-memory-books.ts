import { addBooks, EMPTY_BOOKS } from '../ports/books.ts';
import type { FileRecord, RunRecord } from '../ports/run-history.port.ts';
import type { CommittedFile, FileToCommit, RunToCommit } from '../ports/warehouse.port.ts';
import type { Verdict } from '../rules/verdict.ts';
import type { JudgedRow } from './incoming-row.ts';

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
  return { ...kept, books: hasStagedRows(file) ? books : EMPTY_BOOKS };
}

/** Whether its staged lines count. */
export function hasStagedRows({ status }: Pick<FileToCommit, 'status'>): boolean {
  return status === 'loaded' || status === 'replayed';
}

export function toRunRecord(run: RunToCommit, files: readonly FileRecord[]): RunRecord {
  const totals = addBooks(files.map(({ books }) => books));
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

export function toCommittedFile({ key }: FileToCommit, record: FileRecord | undefined): CommittedFile {
  return record === undefined
    ? { key, status: 'already-loaded', books: EMPTY_BOOKS }
    : { key, status: record.status as CommittedFile['status'], books: record.books };
}
