import type { FileProblem, FileReport } from '../ports/ingest-report.ts';

/** A file of a run for programs, apart from where it was taken: every member is always there, null where there is nothing to say. */
export function fileDocument(file: Omit<FileReport, 'takenTo'>) {
  return {
    key: file.key,
    status: file.status,
    contentHash: file.contentHash ?? null,
    read: file.read,
    inserted: file.inserted,
    updated: file.updated,
    unchanged: file.unchanged,
    stale: file.stale,
    duplicate: file.duplicate,
    rejected: file.rejected,
    rejectsByCode: file.rejectsByCode,
    problem: file.problem === undefined ? null : problemDocument(file.problem),
  };
}

export function problemDocument({ code, message, remedy }: FileProblem) {
  return { code, message, remedy: remedy ?? null };
}
