import { FAULTS, REJECT_STATES, type RejectPlace } from '@weir/core';
import type { Hono } from 'hono';
import { html } from '../../html/html.ts';
import { rejectTable } from '../../sections/reject-table.ts';
import { dashboardPage } from '../dashboard-page.ts';
import { filterForm } from '../filter-form.ts';
import { linkTo } from '../link-to.ts';
import { pageLinks } from '../page-links.ts';
import { QueryReader } from '../read-query.ts';
import type { Dashboard } from '../sources.ts';
import { ASKED, takePage } from '../take-page.ts';

const CODES = FAULTS.map(({ code }) => code);

/** Rejected rows by file and line. */
export function addRejects(app: Hono, { rejects, withValues }: Dashboard): void {
  app.get('/rejects', async (context) => {
    const query = new QueryReader(context);
    const filter = {
      state: query.oneOf('state', REJECT_STATES),
      code: query.oneOf('code', CODES),
      file: query.text('file'),
      from: query.day('from'),
      to: query.day('to'),
    };
    const { state, code, file, from, to } = filter;
    const after = readPlace(query);
    const { items, next } = await takePage(
      rejects.readRejects({ state, codes: code && [code], file, fromDay: from, toDay: to, after, limit: ASKED }),
    );
    const main = html`${filterForm('/rejects', [
      { name: 'state', label: 'State', value: state, choices: REJECT_STATES },
      { name: 'code', label: 'Code', value: code, choices: CODES },
      { name: 'file', label: 'File, or the end of its path', value: file },
      { name: 'from', label: 'From day', value: from, type: 'date' },
      { name: 'to', label: 'To day', value: to, type: 'date' },
    ])}
${items.length === 0 ? html`<p>No reject.</p>` : rejectTable({ caption: 'Rejected rows by file and line', rejects: items, withValues })}
${!withValues && items.length > 0 && html`<p class="muted">Records are not shown: they may hold personal data. <code>weir serve --with-values</code> shows them.</p>`}
${pageLinks({
  what: 'rejects',
  first: after && linkTo('/rejects', filter),
  next:
    next && linkTo('/rejects', { ...filter, afterKey: next.key, afterHash: next.contentHash, afterLine: next.line }),
})}`;
    return context.html(dashboardPage({ title: 'Rejects', path: '/rejects', main }));
  });
}

function readPlace(query: QueryReader): RejectPlace | undefined {
  const [key, contentHash, line] = [query.text('afterKey'), query.text('afterHash'), query.integer('afterLine')];
  return key === undefined || contentHash === undefined || line === undefined ? undefined : { key, contentHash, line };
}
