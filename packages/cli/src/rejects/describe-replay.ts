import type { ReplayReport } from '@weir/core';
import { formatCount, formatCounted } from '../output/format-amount.ts';

const OUTCOMES = {
  healed: 'healed',
  changed: 'with other faults',
  unchanged: 'as before',
  unreadable: 'not kept whole',
};

/** What became of the rows that were read again: `4 rejected rows read again = 2 healed + 2 as before`. */
export function describeReplay(report: ReplayReport): string {
  const parts = Object.entries(OUTCOMES).flatMap(([outcome, words]) => {
    const count = report[outcome as keyof typeof OUTCOMES];
    return count > 0 ? [`${formatCount(count)} ${words}`] : [];
  });
  return `${formatCounted(report.read, 'rejected row')} read again = ${parts.join(' + ')}`;
}

export function replayDocument({ runs, read, healed, changed, unchanged, unreadable, totals }: ReplayReport) {
  return { runs, read, healed, changed, unchanged, unreadable, totals };
}
