import type { IngestReport } from '@weir/core';

/** The report as `--json` prints it: every member is always there, null where there is nothing to say. */
export function ingestDocument(report: IngestReport): Record<string, unknown> {
  return {
    runId: report.runId,
    status: report.status,
    files: report.files.map((file) => ({ ...fileDocument(file), takenTo: file.takenTo ?? null })),
    totals: report.totals,
    archived: report.archived,
    quarantined: report.quarantined,
    notMoved: report.notMoved.map(({ key, problem }) => ({ key, problem: problemDocument(problem) })),
    warnings: report.warnings,
  };
}

export function fileDocument(file: IngestReport['files'][number]): Record<string, unknown> {
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
    problem: problemDocument(file.problem),
  };
}

function problemDocument(problem: IngestReport['files'][number]['problem']): unknown {
  return problem === undefined ? null : { ...problem, remedy: problem.remedy ?? null };
}
