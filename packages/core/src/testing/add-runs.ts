import { addBooks } from '../ports/books.ts';
import { sumRejects } from '../ports/rejects-by-code.ts';
import type { HistoryTotals, RunRecord } from '../ports/run-history.port.ts';
import type { StoredReject } from './stored-rows.ts';

/** The totals of a history, straight from its runs. */
export function addRuns(runs: readonly RunRecord[], rejects: readonly StoredReject[]): HistoryTotals {
  const files = runs.flatMap((run) => run.files);
  const successes = runs.filter(({ status }) => status !== 'failed').map(({ finishedAt }) => finishedAt);
  return {
    runs: countBy(runs),
    files: countBy(files),
    rows: addBooks(runs.map(({ totals }) => totals)),
    rejectsByCode: sumRejects(files),
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
