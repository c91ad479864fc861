import type { RunSummary } from '@weir/core';

/** How fast a run was from its start to the end of its phases; undefined where there is nothing to tell. */
export function rowsPerSecond({ totals, startedAt, finishedAt, phases }: RunSummary): number | undefined {
  const milliseconds = finishedAt - startedAt + (phases.committing ?? 0);
  return totals.read === 0 || milliseconds <= 0 ? undefined : (totals.read / milliseconds) * 1000;
}
