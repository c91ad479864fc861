import type { FileRecord, RunRecord, RunSummary } from '@weir/core';

/** A run as `weir runs --json` lists it. Times are ISO 8601 in UTC. */
export function runSummaryDocument(run: RunSummary): Record<string, unknown> {
  const { runId, status, startedAt, finishedAt, undoneAt, policyHash, totals, files, warnings, error } = run;
  return {
    runId,
    status,
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date(finishedAt).toISOString(),
    undoneAt: undoneAt === undefined ? null : new Date(undoneAt).toISOString(),
    policyHash,
    files,
    totals,
    warnings,
    error: error ?? null,
  };
}

/** A run as `weir runs show --json` prints it: the same, with each file. */
export function runDocument(run: RunRecord): Record<string, unknown> {
  return { ...runSummaryDocument({ ...run, files: run.files.length }), files: run.files.map(fileDocument) };
}

function fileDocument({ books, sourceModified, refusal, ...file }: FileRecord): Record<string, unknown> {
  return {
    key: file.key,
    status: file.status,
    contentHash: file.contentHash,
    ...books,
    rejectsByCode: file.rejectsByCode,
    refusal: refusal ?? null,
    size: file.size,
    blankLines: file.blankLines,
    sourceDay: file.sourceDay,
    sourceModified: new Date(sourceModified).toISOString(),
  };
}
