import type { AmountTotal } from '@weir/core';
import { formatCount, formatCounted } from '@weir/core/text';
import { drawChart } from '../charts/draw-chart.ts';
import { type Html, html } from '../html/html.ts';
import { details, section } from '../html/section.ts';
import { table } from '../html/table.ts';

export interface AmountsContent {
  readonly totals: readonly AmountTotal[];
  /** Names of classes in the order of the policy; others come behind them. */
  readonly classes: readonly string[];
  readonly intro: string;
}

/** More columns than that are told by month. */
const MOST_DAYS = 124;

/** Amounts of transactions by class and day. */
export function amountsSection({ totals, classes, intro }: AmountsContent): Html {
  if (totals.length === 0) return section('amounts', 'Amounts', html`<p>There is no transaction to add up.</p>`);
  const names = orderClasses(totals, classes);
  const days = new Set(totals.map(({ day }) => day));
  const isByMonth = days.size > MOST_DAYS;
  const span = isByMonth ? 'month' : 'day';
  const groups = Map.groupBy(totals, ({ day }) => (isByMonth ? day.slice(0, 7) : day));
  const spans = [...groups.keys()];
  const of = (key: string, name: string) => groups.get(key)!.filter(({ amountClass }) => amountClass === name);
  return section(
    'amounts',
    'Amounts',
    html`<p>${intro}: ${formatCounted(count(totals), 'transaction')}, ${sum(totals)} in all.</p>`,
    drawChart({
      name: `amounts by ${span} and class`,
      description: `Amounts by ${span} and class, from ${spans[0]!} to ${spans.at(-1)!}; the table below has the numbers.`,
      direction: 'columns',
      unit: `amount a ${span}`,
      categories: spans,
      series: names.map((name) => ({
        name,
        values: spans.map((key) => Number(sum(of(key, name)).replaceAll(',', ''))),
      })),
    }),
    details(
      `Amounts by ${span}, as a table`,
      table({
        caption: `Amounts and transactions by ${span} and class`,
        columns: [
          { title: span },
          ...names.flatMap((name) => [
            { title: name, align: 'right' as const },
            { title: `${name}, transactions`, align: 'right' as const },
          ]),
        ],
        rows: spans.map((key) => [
          key,
          ...names.flatMap((name) => [sum(of(key, name)), formatCount(count(of(key, name)))]),
        ]),
      }),
    ),
  );
}

function orderClasses(totals: readonly AmountTotal[], classes: readonly string[]): readonly string[] {
  const present = new Set(totals.map(({ amountClass }) => amountClass));
  return [...classes.filter((name) => present.has(name)), ...[...present].filter((name) => !classes.includes(name))];
}

function count(totals: readonly AmountTotal[]): number {
  return totals.reduce((all, { transactions }) => all + transactions, 0);
}

/** Exact, with commas between thousands: `1,234.50`. */
function sum(totals: readonly AmountTotal[]): string {
  const hundredths = totals.reduce((all, { amount }) => all + BigInt(amount.replace('.', '')), 0n);
  const digits = String(hundredths).padStart(3, '0');
  return `${BigInt(digits.slice(0, -2)).toLocaleString('en-US')}.${digits.slice(-2)}`;
}
