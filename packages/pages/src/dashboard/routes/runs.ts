import { RUN_STATUSES, type RunSummary } from '@weir/core';
import { formatCount, formatDuration, formatTime } from '@weir/core/text';
import type { Hono } from 'hono';
import { html } from '../../html/html.ts';
import { statusMark } from '../../html/status-mark.ts';
import { table } from '../../html/table.ts';
import { BOOK_COLUMNS, bookCells } from '../../sections/books.ts';
import { dashboardPage } from '../dashboard-page.ts';
import { filterForm } from '../filter-form.ts';
import { linkTo, runLink } from '../link-to.ts';
import { pageLinks } from '../page-links.ts';
import { QueryReader } from '../read-query.ts';
import type { Dashboard } from '../sources.ts';
import { ASKED, toPage } from '../take-page.ts';

/** Runs, newest first. */
export function addRuns(app: Hono, { history }: Dashboard): void {
  app.get('/', async (context) => {
    const query = new QueryReader(context);
    const status = query.oneOf('status', RUN_STATUSES);
    const [startedAt, runId] = [query.integer('beforeStart'), query.text('beforeRun')];
    const { items, next } = toPage(
      await history.runs({
        limit: ASKED,
        statuses: status && [status],
        before: startedAt === undefined || runId === undefined ? undefined : { startedAt, runId },
      }),
    );
    const main = html`${filterForm('/', [{ name: 'status', label: 'Status', value: status, choices: RUN_STATUSES }])}
${items.length === 0 ? html`<p>No run.</p>` : runTable(items)}
${pageLinks({
  what: 'runs',
  first: startedAt === undefined ? undefined : linkTo('/', { status }),
  next: next && linkTo('/', { status, beforeStart: next.startedAt, beforeRun: next.runId }),
})}`;
    return context.html(dashboardPage({ title: 'Runs', path: '/', main }));
  });
}

function runTable(runs: readonly RunSummary[]) {
  return table({
    caption: 'Runs, newest first',
    columns: [
      { title: 'run' },
      { title: 'status' },
      { title: 'started' },
      { title: 'took', align: 'right' },
      { title: 'files', align: 'right' },
      ...BOOK_COLUMNS,
    ],
    rows: runs.map((run) => [
      html`<a href="${runLink(run.runId)}">${run.runId}</a>`,
      statusMark(run.status),
      formatTime(run.startedAt),
      formatDuration(run.finishedAt - run.startedAt),
      formatCount(run.files),
      ...bookCells(run.totals),
    ]),
  });
}
