import type { DeliveryDay } from '@weir/core';
import { formatCounted } from '@weir/core/text';
import { type Html, type HtmlValue, html } from '../html/html.ts';
import { section } from '../html/section.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const DAY = 86_400_000;

/** A year, month by month; each day with a delivery leads to its files. */
export function calendar(year: number, days: readonly DeliveryDay[]): Html {
  const known = new Map(days.map((day) => [day.day, day]));
  const span = { first: days[0]?.day ?? '', last: days.at(-1)?.day ?? '' };
  return section(
    'calendar',
    'Calendar',
    html`<p class="muted">✓ loaded, ▲ with rejects, ○ empty, ✕ refused, – nothing delivered between the first and the last day.</p>`,
    html`<div class="months">${Array.from({ length: 12 }, (_, month) => drawMonth(year, month, known, span))}</div>`,
  );
}

type Span = { readonly first: string; readonly last: string };

function drawMonth(year: number, month: number, known: ReadonlyMap<string, DeliveryDay>, span: Span): Html {
  const first = startOf(year, month);
  const length = Math.round((startOf(year, month + 1) - first) / DAY);
  const before = (new Date(first).getUTCDay() + 6) % 7;
  const cells: HtmlValue[] = [
    ...Array.from({ length: before }, () => html`<td></td>`),
    ...Array.from({ length }, (_, place) =>
      cell(new Date(first + place * DAY).toISOString().slice(0, 10), known, span),
    ),
  ];
  while (cells.length % 7 !== 0) cells.push(html`<td></td>`);
  const weeks = Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
  const name = new Date(first).toLocaleString('en-US', { month: 'long', timeZone: 'UTC' });
  const head = WEEKDAYS.map((day) => html`<th scope="col"><abbr title="${day}">${day.slice(0, 2)}</abbr></th>`);
  return html`<div class="month"><table><caption>${name} ${year}</caption><thead><tr>${head}</tr></thead><tbody>
${weeks.map((week) => html`<tr>${week}</tr>\n`)}</tbody></table></div>`;
}

/** Years below 100 are those of the first century here. */
function startOf(year: number, month: number): number {
  const date = new Date(Date.UTC(2000, month, 1));
  date.setUTCFullYear(year + Math.floor(month / 12));
  return date.getTime();
}

function cell(day: string, known: ReadonlyMap<string, DeliveryDay>, { first, last }: Span): Html {
  const number = Number(day.slice(8));
  const found = known.get(day);
  if (found === undefined) {
    const isMissing = day > first && day < last;
    return html`<td>${number}${isMissing && html`<span class="sign bad" title="nothing delivered">–</span>`}</td>`;
  }
  const [sign, kind] = signOf(found);
  return html`<td><a href="/files?from=${day}&amp;to=${day}">${number}<span class="sign ${kind}" aria-hidden="true">${sign}</span><span class="unseen"> ${describe(found)}</span></a></td>`;
}

function signOf({ loaded, empty, refused, books }: DeliveryDay): readonly [sign: string, kind: string] {
  if (refused > 0) return ['✕', 'bad'];
  if (books.rejected > 0) return ['▲', 'mixed'];
  return loaded > 0 || empty === 0 ? ['✓', 'good'] : ['○', 'mixed'];
}

function describe({ day, loaded, empty, refused, books }: DeliveryDay): string {
  const counts = [
    [loaded, 'loaded'],
    [empty, 'empty'],
    [refused, 'refused'],
  ] as const;
  const files = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return `${day}: ${files.join(', ')}, ${formatCounted(books.read, 'row')}, ${formatCounted(books.rejected, 'row')} rejected`;
}
