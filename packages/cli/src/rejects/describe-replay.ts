import type { ReplayReport } from '@weir/core';
import { formatCount, formatCounted } from '../output/format-amount.ts';

const OUTCOMES = {
  healed: 'healed',
  changed: 'with other faults',
  unchanged: 'as before',
  unreadable: 'not kept whole',
};

/** One sentence: what became of the rejects that were read again. */
export function describeReplay(report: ReplayReport): string {
  const parts = Object.entries(OUTCOMES).flatMap(([outcome, words]) => {
    const count = report[outcome as keyof typeof OUTCOMES];
    return count > 0 ? [`${formatCount(count)} ${words}`] : [];
  });
  const runs = report.runs.length === 0 ? '' : `; run ${report.runs.join(', ')}`;
  return `rejects: ${formatCounted(report.read, 'row')} without product or customer = ${parts.join(' + ')}${runs}`;
}

export function replayDocument({ runs, read, healed, changed, unchanged, unreadable }: ReplayReport) {
  return { runs, read, healed, changed, unchanged, unreadable };
}
