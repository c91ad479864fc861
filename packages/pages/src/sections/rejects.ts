import { FAULTS, type FaultCode, type Reject, type RunRecord } from '@weir/core';
import { formatCount, formatCounted, rankRejects, sumRejects } from '@weir/core/text';
import { drawChart } from '../charts/draw-chart.ts';
import { type Html, html } from '../html/html.ts';
import { section } from '../html/section.ts';
import { table } from '../html/table.ts';
import { rejectTable } from './reject-table.ts';

export type RejectExamples = ReadonlyMap<FaultCode, readonly Reject[]>;

export interface RejectsContent {
  readonly run: RunRecord;
  /** Some rejects of each code. */
  readonly examples: RejectExamples;
  /** Whether the records are shown as they were delivered. */
  readonly withValues: boolean;
}

/** Rejected rows of a run by code, with examples. */
export function rejectsSection({ run, examples, withValues }: RejectsContent): Html {
  const counts = rankRejects(sumRejects(run.files));
  if (counts.length === 0) return section('rejects', 'Rejects', html`<p>No row was rejected.</p>`);
  const rejects = [...new Map([...examples.values()].flat().map((reject) => [placeOf(reject), reject])).values()];
  return section(
    'rejects',
    'Rejects',
    html`<p>${formatCounted(run.totals.rejected, 'row')} rejected; a row with several faults counts under each.</p>`,
    drawChart({
      name: 'rejected rows by code',
      description: `Rejected rows by code: ${counts.map(([code, count]) => `${code} ${formatCount(count)}`).join(', ')}.`,
      direction: 'rows',
      unit: 'rows',
      categories: counts.map(([code]) => code),
      series: [{ name: 'rows', values: counts.map(([, count]) => count) }],
    }),
    table({
      caption: 'Rejected rows by code',
      columns: [
        { title: 'code' },
        { title: 'column' },
        { title: 'rule that was broken' },
        { title: 'rows', align: 'right' },
      ],
      rows: counts.map(([code, count]) => {
        const { column, message } = FAULTS.find((fault) => fault.code === code)!;
        return [html`<code>${code}</code>`, column || 'the whole record', message, formatCount(count)];
      }),
    }),
    rejects.length > 0 && rejectTable({ caption: 'Examples of each code', rejects, withValues }),
  );
}

function placeOf({ key, contentHash, line }: Reject): string {
  return JSON.stringify([key, contentHash, line]);
}
