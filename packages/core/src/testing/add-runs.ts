import { addBooks } from '../ports/books.ts';
import type { HistoryTotals, RunRecord } from '../ports/run-history.port.ts';
import type { FaultCode } from '../rules/faults.ts';
import type { StoredReject } from './stored-rows.ts';

/** The totals of a history, straight from its runs. */
export function addRuns(runs: readonly RunRecord[], rejects: readonly StoredReject[]): HistoryTotals {
  const files = runs.flatMap((run) => run.files);
  const rejectsByCode: Partial<Record<FaultCode, number>> = {};
  for (const file of files) {
    for (const [code, count] of Object.entries(file.rejectsByCode) as [FaultCode, number][])
      rejectsByCode[code] = (rejectsByCode[code] ?? 0) + count;
  }
  const successes = runs.filter(({ status }) => status !== 'failed').map(({ finishedAt }) => finishedAt);
  return {
    runs: countBy(runs),
    files: countBy(files),
    rows: addBooks(runs.map(({ totals }) => totals)),
    rejectsByCode,
    openRejects: rejects.filter(({ state }) => state === 'open').length,
    lastSuccessAt: successes.length === 0 ? undefined : Math.max(...successes),
  };
}

function countBy<Status extends string>(
  entries: readonly { readonly status: Status }[],
): Partial<Record<Status, number>> {
  const counts: Partial<Record<Status, number>> = {};
  for (const { status } of entries) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
