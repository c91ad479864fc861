import type { Books } from '@weir/core';
import { describeBooks, printable, type RejectsByCode, rankRejects, shortKey, VERDICTS } from '@weir/core/text';
import { drawTable } from './draw-table.ts';
import { formatCount } from './format-amount.ts';
import type { Screen } from './screen.ts';

/** A file as its books are shown. */
export interface BooksLine extends Books {
  readonly key: string;
  readonly status: string;
}

const MOST_FILES = 20;

/** The books per file, a line for all of them, and how many files are not shown. */
export function drawBooks(screen: Screen, files: readonly BooksLine[], totals: Books): string {
  const shown = mostTelling(files);
  const others = files.length - shown.length;
  const keys = files.map(({ key }) => key);
  const lines: (BooksLine | undefined)[] = shown.map((file) => ({ ...file, key: printable(shortKey(file.key, keys)) }));
  if (others > 0) lines.push(undefined);
  if (files.length > 1) lines.push({ ...totals, key: `all ${formatCount(files.length)} files`, status: '' });

  // A verdict that nobody got only makes the table wider.
  const verdicts = VERDICTS.filter((name) => totals[name] > 0 || name === 'inserted' || name === 'rejected');
  const rows = lines.map((line) =>
    line === undefined
      ? [`... and ${formatCount(others)} more`, '', ...['read', ...verdicts].map(() => '')]
      : [line.key, line.status, ...[line.read, ...verdicts.map((name) => line[name])].map(formatCount)],
  );
  const numbers = ['read', ...verdicts].map((title) => ({ title, align: 'right' as const }));
  const table = drawTable(screen, [{ title: 'file', gives: true }, { title: 'status' }, ...numbers], rows);
  return table ?? lines.map((line) => (line === undefined ? `... and ${others} more` : describeLine(line))).join('\n');
}

/** For terminals on which no table fits. */
function describeLine(line: BooksLine): string {
  return `${line.key} ${line.status}`.trimEnd().concat(`\n  ${describeBooks(line)}`);
}

/** `  12  price-negative`, the most frequent first. */
export function drawRejects(counts: RejectsByCode): string[] {
  const ranked = rankRejects(counts);
  const width = Math.max(0, ...ranked.map(([, count]) => formatCount(count).length));
  return ranked.map(([code, count]) => `  ${formatCount(count).padStart(width)}  ${code}`);
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
