import type { Books, FaultCode } from '@weir/core';
import { drawTable } from './draw-table.ts';
import { formatCount } from './format-amount.ts';
import { printable } from './printable.ts';
import type { Screen } from './screen.ts';

/** A file as its books are shown. */
export interface BooksLine extends Books {
  readonly key: string;
  readonly status: string;
}

const VERDICTS = ['inserted', 'updated', 'unchanged', 'stale', 'duplicate', 'rejected'] as const;
const MOST_FILES = 20;

/** The books per file, a line for all of them, and how many files are not shown. */
export function drawBooks(screen: Screen, files: readonly BooksLine[], totals: Books): string {
  const shown = mostTelling(files);
  // A verdict that nobody got only makes the table wider.
  const verdicts = VERDICTS.filter(
    (verdict) => totals[verdict] > 0 || verdict === 'inserted' || verdict === 'rejected',
  );
  const numbers = (books: Books) => [books.read, ...verdicts.map((verdict) => books[verdict])].map(formatCount);
  const rows = shown.map((file) => [fileName(file.key, files), file.status, ...numbers(file)]);
  const others = files.length - shown.length;
  if (others > 0) rows.push([`... and ${formatCount(others)} more`, '', ...numbers(totals).map(() => '')]);
  if (files.length > 1) rows.push([`all ${formatCount(files.length)} files`, '', ...numbers(totals)]);
  const columns = ['read', ...verdicts].map((title) => ({ title, align: 'right' as const }));
  return drawTable(screen, [{ title: 'file', gives: true }, { title: 'status' }, ...columns], rows);
}

/** `  12  price-negative`, the most frequent first. */
export function drawRejects(counts: Readonly<Partial<Record<FaultCode, number>>>): string[] {
  const entries = Object.entries(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const width = Math.max(0, ...entries.map(([, count]) => formatCount(count).length));
  return entries.map(([code, count]) => `  ${formatCount(count).padStart(width)}  ${code}`);
}

export function addRejects(
  files: readonly { readonly rejectsByCode: Readonly<Partial<Record<FaultCode, number>>> }[],
): Partial<Record<FaultCode, number>> {
  const sums: Partial<Record<FaultCode, number>> = {};
  for (const { rejectsByCode } of files) {
    for (const [code, count] of Object.entries(rejectsByCode)) {
      sums[code as FaultCode] = (sums[code as FaultCode] ?? 0) + count;
    }
  }
  return sums;
}

/** Of many files those that something happened to come first. */
function mostTelling(files: readonly BooksLine[]): readonly BooksLine[] {
  if (files.length <= MOST_FILES) return files;
  const weight = ({ status }: BooksLine) =>
    status === 'failed' ? 3 : status === 'refused' ? 2 : status === 'loaded' ? 1 : 0;
  const order = new Map(files.map((file, place) => [file, place]));
  const first = files.toSorted((a, b) => weight(b) - weight(a) || b.rejected - a.rejected).slice(0, MOST_FILES - 5);
  return first.sort((a, b) => order.get(a)! - order.get(b)!);
}

/** The name without its folders where it is the only one of that name. */
function fileName(key: string, files: readonly BooksLine[]): string {
  const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const name = nameOf(key);
  const isUnique = files.filter((file) => nameOf(file.key) === name).length === 1;
  return printable(isUnique ? name : key);
}
