import { addBooks, type Books } from '@weir/core';
import type { Observation } from './observation.ts';

/** I1: every file's and every run's books close, and a run's are the sum of its files'. */
export function checkBooksClose({ runs }: Pick<Observation, 'runs'>): readonly string[] {
  return runs.flatMap(({ runId, totals, files }) => [
    ...files.flatMap(({ key, books }) =>
      isClosed(books) ? [] : [`I1 the books of ${key} in ${runId} are open: ${tell(books)}`],
    ),
    ...(isClosed(totals) ? [] : [`I1 the books of ${runId} are open: ${tell(totals)}`]),
    ...(tell(totals) === tell(addBooks(files.map(({ books }) => books)))
      ? []
      : [`I1 the books of ${runId} are not those of its files: ${tell(totals)}`]),
  ]);
}

function isClosed({ read, inserted, updated, unchanged, stale, duplicate, rejected }: Books): boolean {
  return read === inserted + updated + unchanged + stale + duplicate + rejected;
}

function tell({ read, inserted, updated, unchanged, stale, duplicate, rejected }: Books): string {
  return JSON.stringify({ read, inserted, updated, unchanged, stale, duplicate, rejected });
}
