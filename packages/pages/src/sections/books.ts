import type { Books, FileRecord, RunRecord } from '@weir/core';
import { BOOK_NAMES, describeBooks, formatCount, formatCounted, VERDICTS } from '@weir/core/text';
import { drawChart } from '../charts/draw-chart.ts';
import { type Html, type HtmlValue, html } from '../html/html.ts';
import { section } from '../html/section.ts';
import { statusMark } from '../html/status-mark.ts';
import { type Column, table } from '../html/table.ts';

export const BOOK_COLUMNS: readonly Column[] = BOOK_NAMES.map((title) => ({ title, align: 'right' }));
const MOST_FILES = 1000;

/** The books of a run and of its files. */
export function booksSection({ files, totals }: RunRecord): Html {
  const shown = [...files].sort(byWeight).slice(0, MOST_FILES);
  return section(
    'books',
    'Books',
    html`<p>${describeBooks(totals)}</p>`,
    totals.read > 0 && verdictChart(totals),
    table({
      caption: 'Books of each file',
      columns: [{ title: 'file' }, { title: 'status' }, ...BOOK_COLUMNS],
      rows: shown.map((file) => [file.key, statusMark(file.status), ...bookCells(file.books)]),
      totals: [`all ${formatCounted(files.length, 'file')}`, '', ...bookCells(totals)],
    }),
    shown.length < files.length &&
      html`<p>${formatCounted(files.length - shown.length, 'more file')} without refusal and with fewer rejects.</p>`,
    refusals(files),
  );
}

/** The cells under `BOOK_COLUMNS`. */
export function bookCells(books: Books): readonly HtmlValue[] {
  return BOOK_NAMES.map((name) => formatCount(books[name]));
}

function verdictChart(totals: Books): Html {
  return drawChart({
    name: 'rows by verdict',
    description: `Rows by verdict: ${describeBooks(totals)}.`,
    direction: 'rows',
    unit: 'rows',
    categories: [...VERDICTS],
    series: [{ name: 'rows', values: VERDICTS.map((verdict) => totals[verdict]) }],
  });
}

function refusals(files: readonly FileRecord[]): Html | false {
  const refused = files.filter(({ refusal }) => refusal !== undefined).slice(0, MOST_FILES);
  if (refused.length === 0) return false;
  return table({
    caption: 'Files that were refused: no row of them was loaded',
    columns: [{ title: 'file' }, { title: 'code' }, { title: 'why' }],
    rows: refused.map(({ key, refusal }) => [key, html`<code>${refusal!.code}</code>`, refusal!.message]),
  });
}

/** Refused files first, then those with most rejects, then in the order of keys. */
function byWeight(a: FileRecord, b: FileRecord): number {
  const isRefused = (file: FileRecord) => Number(file.status === 'refused');
  return isRefused(b) - isRefused(a) || b.books.rejected - a.books.rejected || (a.key < b.key ? -1 : 1);
}
