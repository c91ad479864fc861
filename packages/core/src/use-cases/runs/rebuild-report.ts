import { addBooks } from '../../ports/books.ts';
import type { FileReport, IngestReport } from '../../ports/ingest-report.ts';
import type { LandedFile } from '../../ports/landing-zone.port.ts';
import type { FileRecord, RunRecord } from '../../ports/run-history.port.ts';
import { reportFile } from '../report-file.ts';

/**
 * The report of a run whose job did not live to tell it, from what the warehouse recorded at the commit. Files that it did not
 * record count as failed, so that another run takes them up: where they were committed by somebody before, that one finds out.
 */
export function rebuildReport(record: RunRecord, planned: readonly LandedFile[]): IngestReport {
  const recorded = new Map(record.files.map((file) => [file.key, file]));
  const files = planned.map(({ key }) => reportOf(key, recorded.get(key)));
  return {
    runId: record.runId,
    status: files.some(({ status }) => status === 'failed')
      ? 'failed'
      : record.status === 'undone'
        ? 'succeeded'
        : record.status,
    files,
    totals: addBooks(files),
    archived: 0,
    quarantined: 0,
    notMoved: [],
    warnings: record.warnings,
  };
}

function reportOf(key: string, record: FileRecord | undefined): FileReport {
  if (record === undefined) {
    return reportFile(key, 'failed', {
      problem: {
        code: 'job.report-lost',
        message: 'The job ended before it told what became of this file; the run did not load it.',
        remedy: undefined,
      },
    });
  }
  const { status, contentHash, books, rejectsByCode, refusal } = record;
  // Nobody loads it again on its own account.
  return reportFile(key, status === 'undone' ? 'already-loaded' : status, {
    ...books,
    contentHash,
    rejectsByCode: status === 'loaded' ? rejectsByCode : {},
    problem: refusal === undefined ? undefined : { code: refusal.code, message: refusal.message, remedy: undefined },
  });
}
