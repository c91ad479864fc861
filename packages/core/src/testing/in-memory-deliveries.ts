import { addBooks } from '../ports/books.ts';
import { type DayRange, listDays } from '../ports/day-range.ts';
import type { DeliveryDay, FilePlace, FileQuery, LoggedFile } from '../ports/delivery-log.port.ts';
import { compareUtf8 } from '../rules/version.ts';
import type { WarehouseContent } from './in-memory-commit.ts';

type Content = Pick<WarehouseContent, 'runs'>;

/** The entries of files that a query asks for, in the order of their places. */
export function findFiles({ runs }: Content, { after, limit, ...filter }: FileQuery): readonly LoggedFile[] {
  const { fromDay, toDay, statuses } = filter;
  return runs
    .flatMap(({ runId, finishedAt, files }) => files.map((file) => ({ ...file, runId, loadedAt: finishedAt })))
    .filter(
      (file) =>
        (fromDay === undefined || file.sourceDay >= fromDay) &&
        (toDay === undefined || file.sourceDay <= toDay) &&
        (statuses === undefined || statuses.includes(file.status)) &&
        (after === undefined || comparePlaces(file, after) > 0),
    )
    .sort(comparePlaces)
    .slice(0, limit);
}

/** What was delivered on each of the days, those without any delivery left out. */
export function sumDays(content: Content, range: DayRange): readonly DeliveryDay[] {
  const files = findFiles(content, range);
  return listDays(range)
    .map((day) =>
      sumDay(
        day,
        files.filter(({ sourceDay }) => sourceDay === day),
      ),
    )
    .filter(({ loaded, empty, refused }) => loaded + empty + refused > 0);
}

function sumDay(day: string, files: readonly LoggedFile[]): DeliveryDay {
  const having = (status: LoggedFile['status']) => files.filter((file) => file.status === status);
  const refused = new Set(having('refused').map(({ key, contentHash }) => `${contentHash} ${key}`));
  return {
    day,
    loaded: having('loaded').length,
    empty: having('empty').length,
    refused: refused.size,
    books: addBooks(having('loaded').map(({ books }) => books)),
  };
}

function comparePlaces(a: FilePlace, b: FilePlace): number {
  return compareUtf8(a.sourceDay, b.sourceDay) || compareUtf8(a.key, b.key) || compareUtf8(a.runId, b.runId);
}
