import type { RunPlace, RunQuery, RunSummary } from '../ports/run-history.port.ts';
import { compareUtf8 } from '../rules/version.ts';
import type { WarehouseContent } from './in-memory-commit.ts';

/** The runs that a query asks for, newest first. */
export function findRuns(
  { runs }: Pick<WarehouseContent, 'runs'>,
  { limit, before, statuses }: RunQuery,
): readonly RunSummary[] {
  return runs
    .filter(
      (run) =>
        (statuses === undefined || statuses.includes(run.status)) &&
        (before === undefined || newestFirst(run, before) > 0),
    )
    .sort(newestFirst)
    .slice(0, limit)
    .map((run) => ({ ...run, files: run.files.length }));
}

function newestFirst(a: RunPlace, b: RunPlace): number {
  return b.startedAt - a.startedAt || compareUtf8(b.runId, a.runId);
}
