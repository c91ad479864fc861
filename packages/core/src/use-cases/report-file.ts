import { EMPTY_BOOKS, type FileProblem, type FileReport } from '../ports/ingest-report.ts';
import type { CommittedFile, FileToCommit } from '../ports/warehouse.port.ts';

/** The report of a file whose rows were not committed by this run; its books are empty. */
export function reportFile(key: string, status: FileReport['status'], known: Partial<FileReport>): FileReport {
  return {
    key,
    status,
    ...EMPTY_BOOKS,
    contentHash: undefined,
    rejectsByCode: {},
    problem: undefined,
    takenTo: undefined,
    ...known,
  };
}

/** The report of a file as its commit left it. */
export function reportCommitted(file: FileToCommit, committed: CommittedFile): FileReport {
  const isLoaded = committed.status === 'loaded';
  return reportFile(file.key, committed.status, {
    ...committed.books,
    contentHash: file.contentHash,
    rejectsByCode: isLoaded ? file.rejectsByCode : {},
    problem: file.refusal === undefined ? undefined : { ...file.refusal, remedy: undefined },
  });
}

export function toProblem(error: { code: string; message: string; remedy: string | undefined }): FileProblem {
  return { code: error.code, message: error.message, remedy: error.remedy };
}
