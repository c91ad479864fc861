import type { RunSummary } from '@weir/core';
import { formatCount, formatDuration, formatTime } from '@weir/core/text';
import type { Hono } from 'hono';
import { drawChart } from '../../charts/draw-chart.ts';
import { html } from '../../html/html.ts';
import { table } from '../../html/table.ts';
import { rowsPerSecond } from '../../sections/rows-per-second.ts';
import { dashboardPage } from '../dashboard-page.ts';
import { runLink } from '../link-to.ts';
import type { Dashboard } from '../sources.ts';

const RUNS = 60;

/** How fast the newest runs were. */
export function addThroughput(app: Hono, { history }: Dashboard): void {
  app.get('/throughput', async (context) => {
    const runs = (await history.runs({ limit: RUNS })).filter((run) => rowsPerSecond(run) !== undefined).toReversed();
    const main = runs.length === 0 ? html`<p>No run has read a row yet.</p>` : html`${chart(runs)}${list(runs)}`;
    return context.html(dashboardPage({ title: 'Throughput', path: '/throughput', main }));
  });
}

function chart(runs: readonly RunSummary[]) {
  return drawChart({
    name: 'rows a second',
    description: `Rows a second of the newest ${formatCount(runs.length)} runs, the oldest first; the table below has the numbers.`,
    direction: 'columns',
    unit: 'rows a second',
    categories: runs.map(({ startedAt }) => formatTime(startedAt).slice(0, 16)),
    series: [{ name: 'rows a second', values: runs.map((run) => Math.round(rowsPerSecond(run)!)) }],
  });
}

function list(runs: readonly RunSummary[]) {
  const phase = (milliseconds: number | undefined) =>
    milliseconds === undefined ? 'not measured' : formatDuration(milliseconds);
  return table({
    caption: 'The same runs, newest first',
    columns: [
      { title: 'run' },
      { title: 'started' },
      ...['rows read', 'rows a second', 'until commit', 'commit'].map((title) => ({ title, align: 'right' as const })),
    ],
    rows: runs
      .toReversed()
      .map((run) => [
        html`<a href="${runLink(run.runId)}">${run.runId}</a>`,
        formatTime(run.startedAt),
        formatCount(run.totals.read),
        formatCount(rowsPerSecond(run)!),
        formatDuration(run.finishedAt - run.startedAt),
        phase(run.phases.committing),
      ]),
  });
}
