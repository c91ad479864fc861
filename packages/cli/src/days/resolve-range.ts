import { type DayRange, MOST_DAYS } from '@weir/core';
import type { DayRangeOptions } from '../command-line/add-day-range.ts';
import { usageError } from '../errors/command-error.ts';

const DAY_MS = 86_400_000;

/** @throws CommandError `usage.wrong-range` for an end before its start and for too many days */
export function resolveRange({ from, to }: DayRangeOptions, mostDays = MOST_DAYS): DayRange {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (days < 1) {
    throw usageError({
      code: 'usage.wrong-range',
      message: `The last day (--to ${to}) lies before the first one (--from ${from}).`,
      remedy: 'Name the earlier day with --from.',
    });
  }
  if (days > mostDays) {
    throw usageError({
      code: 'usage.wrong-range',
      message: `From ${from} to ${to} there are ${days} days, more than the ${mostDays} that are looked at at once.`,
      remedy: 'Ask for one part after the other.',
    });
  }
  return { fromDay: from, toDay: to };
}
