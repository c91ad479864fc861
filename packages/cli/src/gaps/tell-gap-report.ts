import { weekdayOf } from '@weir/core';
import { type Gap, type GapReport, WEEKS_COMPARED } from '@weir/core/operations';
import { type Column, membersOf } from '../output/column.ts';
import { formatCount, formatCounted } from '../output/format-amount.ts';
import type { Screen } from '../output/screen.ts';
import { tellTable } from '../output/tell-table.ts';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const GAP_COLUMNS: readonly Column<Gap>[] = [
  { name: 'day', value: ({ day }) => day },
  { name: 'weekday', value: ({ day }) => weekdayName(day), spare: true },
  { name: 'kind', value: ({ kind }) => kind },
  { name: 'rows', value: ({ rows }) => rows },
  { name: 'usual', value: ({ usual }) => usual ?? null },
  {
    name: 'share',
    value: shareOf,
    show: (gap) => (shareOf(gap) === null ? '' : `${Math.floor(shareOf(gap)! * 100)} %`),
  },
  { name: 'compared', title: 'days compared', value: ({ compared }) => compared, spare: true },
  ...membersOf('loaded', 'empty', 'refused').map((column) => ({ ...column, spare: true as const })),
];

/** Which days are not as they should be, and what that was compared with. */
export function tellGapReport(screen: Screen, report: GapReport): void {
  const { range, below, days, whole, idle, gaps } = report;
  screen.document({
    from: range.fromDay,
    to: range.toDay,
    below,
    days,
    whole,
    idle,
    gaps: gaps.map((gap) => ({ ...gap, weekday: weekdayName(gap.day), usual: gap.usual ?? null })),
  });
  screen.say(
    `${formatCounted(days, 'day')} from ${range.fromDay} to ${range.toDay}: ${formatCount(whole)} whole, ` +
      `${idle > 0 ? `${formatCount(idle)} without a delivery as always on their weekday, ` : ''}${formatCounted(gaps.length, 'gap')}`,
  );
  if (gaps.length > 0) screen.say();
  tellTable(screen, GAP_COLUMNS, gaps);
  if (gaps.length === 0) return;
  screen.say();
  screen.say(
    `Usual is the median of the same weekday, ${WEEKS_COMPARED} weeks before to ${WEEKS_COMPARED} weeks after; small is below ${below} of it.`,
  );
}

function shareOf({ rows, usual }: Gap): number | null {
  return usual === undefined ? null : rows / usual;
}

function weekdayName(day: string): string {
  return WEEKDAYS[weekdayOf(day)]!;
}
