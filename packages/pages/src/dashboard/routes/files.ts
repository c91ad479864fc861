import type { FilePlace, FileRecord, LoggedFile } from '@weir/core';
import { formatBytes, formatTime } from '@weir/core/text';
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
import { ASKED, takePage } from '../take-page.ts';

const STATUSES = [
  'loaded',
  'empty',
  'refused',
  'replayed',
  'undone',
] as const satisfies readonly FileRecord['status'][];

/** Files that were delivered, by day. */
export function addFiles(app: Hono, { deliveries }: Dashboard): void {
  app.get('/files', async (context) => {
    const query = new QueryReader(context);
    const status = query.oneOf('status', STATUSES);
    const [from, to] = [query.day('from'), query.day('to')];
    const after = readPlace(query);
    const { items, next } = await takePage(
      deliveries.files({
        ...(from && { fromDay: from }),
        ...(to && { toDay: to }),
        statuses: status && [status],
        after,
        limit: ASKED,
      }),
    );
    const main = html`${filterForm('/files', [
      { name: 'from', label: 'From day', value: from, type: 'date' },
      { name: 'to', label: 'To day', value: to, type: 'date' },
      { name: 'status', label: 'Status', value: status, choices: STATUSES },
    ])}
${items.length === 0 ? html`<p>No file.</p>` : fileTable(items)}
${pageLinks({
  what: 'files',
  first: after && linkTo('/files', { from, to, status }),
  next:
    next && linkTo('/files', { from, to, status, afterDay: next.sourceDay, afterKey: next.key, afterRun: next.runId }),
})}`;
    return context.html(dashboardPage({ title: 'Files', path: '/files', main }));
  });
}

function readPlace(query: QueryReader): FilePlace | undefined {
  const [sourceDay, key, runId] = [query.day('afterDay'), query.text('afterKey'), query.text('afterRun')];
  return sourceDay === undefined || key === undefined || runId === undefined ? undefined : { sourceDay, key, runId };
}

function fileTable(files: readonly LoggedFile[]) {
  return table({
    caption: 'Files by day, then name',
    columns: [
      { title: 'file' },
      { title: 'day' },
      { title: 'status' },
      { title: 'size', align: 'right' },
      ...BOOK_COLUMNS,
      { title: 'loaded at' },
      { title: 'run' },
    ],
    rows: files.map((file) => [
      file.key,
      file.sourceDay,
      file.refusal === undefined
        ? statusMark(file.status)
        : html`${statusMark(file.status)}<br><code>${file.refusal.code}</code>`,
      formatBytes(file.size),
      ...bookCells(file.books),
      formatTime(file.loadedAt),
      html`<a href="${runLink(file.runId)}">${file.runId}</a>`,
    ]),
  });
}
