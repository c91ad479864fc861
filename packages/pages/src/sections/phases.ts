import type { RunPhases, RunSummary } from '@weir/core';
import { formatDuration } from '@weir/core/text';
import { drawChart } from '../charts/draw-chart.ts';
import { type Html, html } from '../html/html.ts';
import { section } from '../html/section.ts';
import { table } from '../html/table.ts';

const PHASES: readonly (readonly [keyof RunPhases, string])[] = [
  ['listing', 'finding files'],
  ['dimensions', 'reading products and customers'],
  ['reading', 'reading, checking and staging rows'],
  ['committing', 'the commit, up to its last statement'],
];

/** How long each phase of a run took. */
export function phasesSection({ phases }: Pick<RunSummary, 'phases'>): Html {
  const measured = PHASES.filter(([phase]) => phases[phase] !== undefined);
  if (measured.length === 0) return section('phases', 'Timing', html`<p>The phases of this run were not measured.</p>`);
  return section(
    'phases',
    'Timing',
    drawChart({
      name: 'time of each phase',
      description: `Seconds of each phase: ${measured.map(([phase, name]) => `${name} ${formatDuration(phases[phase]!)}`).join(', ')}.`,
      direction: 'rows',
      unit: 'seconds',
      categories: measured.map(([, name]) => name),
      series: [{ name: 'seconds', values: measured.map(([phase]) => phases[phase]! / 1000) }],
    }),
    table({
      caption: 'Time of each phase',
      columns: [{ title: 'phase' }, { title: 'time', align: 'right' }],
      rows: PHASES.map(([phase, name]) => [
        name,
        phases[phase] === undefined ? 'not measured' : formatDuration(phases[phase]),
      ]),
    }),
  );
}
