import { EMPTY_BOOKS } from '../ports/books.ts';
import type { FileProblem, FileReport } from '../ports/ingest-report.ts';
import type { ReadDelivery } from '../ports/transformer.port.ts';
import type { CommittedFile } from '../ports/warehouse.port.ts';

/** A delivery whose rows lie in the stage. */
export type StagedDelivery = Extract<ReadDelivery, { kind: 'staged' }>;

/** The report of a file whose rows were not committed by this run; its books are empty. */
export function reportFile(key: string, status: FileReport['status'], known: Partial<FileReport>): FileReport {
  return {
    key,
    status,
    ...EMPTY_BOOKS,
    contentHash: undefined,
    rejectsByCode: {},
    firstRejects: {},
    problem: undefined,
    takenTo: undefined,
    ...known,
  };
}

/** The report of a file as its commit left it. */
export function reportCommitted({ file, firstRejects }: StagedDelivery, committed: CommittedFile): FileReport {
  const isLoaded = committed.status === 'loaded';
  return reportFile(file.key, committed.status, {
    ...committed.books,
    contentHash: file.contentHash,
    rejectsByCode: isLoaded ? file.rejectsByCode : {},
    firstRejects: isLoaded ? firstRejects : {},
    problem: file.refusal === undefined ? undefined : { ...file.refusal, remedy: undefined },
  });
}

export function toProblem(error: { code: string; message: string; remedy: string | undefined }): FileProblem {
  return { code: error.code, message: error.message, remedy: error.remedy };
}
