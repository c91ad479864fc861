import { addBooks, BOOK_NAMES, type Books } from '../../../ports/books.ts';
import type { FileReport } from '../../../ports/ingest-report.ts';
import { formatCount } from '../../../text/format-amount.ts';
import { shortKey } from '../../../text/short-key.ts';
import { shorten } from './shorten.ts';

/** Columns that are always shown; the others only where a row got that verdict. */
const ALWAYS = ['read', 'inserted', 'rejected'] as const;
const MOST_FILES = 25;
const LONGEST_NAME = 60;

type Cells = readonly string[];

/** The books by file as lines of an aligned table: the first 25, the sum of the rest and the sum of all. */
export function drawBooks(files: readonly FileReport[]): readonly string[] {
  const totals = addBooks(files);
  const columns = BOOK_NAMES.filter((name) => totals[name] > 0 || (ALWAYS as readonly string[]).includes(name));
  const cellsOf = (name: string, status: string, books: Books): Cells => [
    name,
    status,
    ...columns.map((column) => formatCount(books[column])),
  ];
  const shown = files.slice(0, files.length === MOST_FILES + 1 ? files.length : MOST_FILES);
  const rest = files.slice(shown.length);
  const keys = files.map(({ key }) => key);
  const rows = shown.map((file) => cellsOf(shorten(shortKey(file.key, keys), LONGEST_NAME), file.status, file));
  if (rest.length > 0) rows.push(cellsOf(`${formatCount(rest.length)} other files`, '', addBooks(rest)));
  if (files.length > 1) rows.push(cellsOf(`all ${formatCount(files.length)} files`, '', totals));
  return align([['file', 'status', ...columns], ...rows]);
}

/** Texts to the left, numbers to the right. */
function align(rows: readonly Cells[]): readonly string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => [...row[column]!].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const blanks = ' '.repeat(widths[column]! - [...cell].length);
        return column < 2 ? cell + blanks : blanks + cell;
      })
      .join('  ')
      .trimEnd(),
  );
}
