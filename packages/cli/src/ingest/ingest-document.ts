import type { IngestReport } from '@weir/core';
import { fileDocument, problemDocument } from '@weir/core/telemetry';

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
