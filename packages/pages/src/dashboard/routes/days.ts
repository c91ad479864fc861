import type { DeliveryDay, RunHistory } from '@weir/core';
import { formatCount, formatCounted } from '@weir/core/text';
import type { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { drawChart } from '../../charts/draw-chart.ts';
import { html } from '../../html/html.ts';
import { section } from '../../html/section.ts';
import { calendar } from '../../sections/calendar.ts';
import { dashboardPage } from '../dashboard-page.ts';
import { linkTo } from '../link-to.ts';
import { QueryReader } from '../read-query.ts';
import type { Dashboard } from '../sources.ts';

/** A year of deliveries, day by day. */
export function addDays(app: Hono, { history, deliveries }: Dashboard): void {
  app.get('/days', async (context) => {
    const year = new QueryReader(context).integer('year') ?? (await newestYear(history));
    if (year !== undefined && (year < 1 || year > 9999)) {
      throw new HTTPException(400, { message: '"year" in the address must be from 1 to 9999.' });
    }
    const main = year === undefined ? html`<p>Nothing was delivered yet.</p>` : await describeYear(deliveries, year);
    const title = year === undefined ? 'Days' : `Days of ${year}`;
    return context.html(dashboardPage({ title, path: '/days', main }));
  });
}

async function describeYear(deliveries: Dashboard['deliveries'], year: number) {
  const name = String(year).padStart(4, '0');
  const days = await deliveries.days({ fromDay: `${name}-01-01`, toDay: `${name}-12-31` });
  const yearLink = (to: number) => html`<a href="${linkTo('/days', { year: to })}">${to}</a>`;
  return html`<nav class="pages" aria-label="Years">${year > 1 && yearLink(year - 1)}${year < 9999 && yearLink(year + 1)}</nav>
${days.length === 0 ? html`<p>No file of a day of this year was delivered.</p>` : html`${rows(days)}${calendar(year, days)}`}`;
}

function rows(days: readonly DeliveryDay[]) {
  const read = days.reduce((sum, { books }) => sum + books.read, 0);
  const rejected = days.reduce((sum, { books }) => sum + books.rejected, 0);
  return section(
    'rows',
    'Rows',
    html`<p>${formatCounted(read, 'row')} of ${formatCounted(days.length, 'day')} with deliveries, ${formatCount(rejected)} rejected.</p>`,
    drawChart({
      name: 'rows a day',
      description: `Rows a day, from ${days[0]!.day} to ${days.at(-1)!.day}: taken and rejected; the calendar below has the numbers.`,
      direction: 'columns',
      unit: 'rows a day',
      categories: days.map(({ day }) => day),
      series: [
        { name: 'taken', values: days.map(({ books }) => books.read - books.rejected) },
        { name: 'rejected', values: days.map(({ books }) => books.rejected) },
      ],
    }),
  );
}

/** That of the last day that the newest run with files took. */
async function newestYear(history: Pick<RunHistory, 'runs' | 'run'>): Promise<number | undefined> {
  const [newest] = await history.runs({ limit: 1, statuses: ['succeeded', 'succeeded-with-rejects'] });
  const run = newest && (await history.run(newest.runId));
  const days = run?.files.map(({ sourceDay }) => sourceDay).sort() ?? [];
  return days.length === 0 ? undefined : Number(days.at(-1)!.slice(0, 4));
}
