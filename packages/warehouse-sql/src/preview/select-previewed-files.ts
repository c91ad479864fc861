import { BOOKS_OF_FILES, FROM_FILES } from '../commit/books-of-files.ts';
import { type Statement, toStatement } from '../statement.ts';
import { BOOK_COLUMNS } from '../tables/ingest-tables.ts';

/** A row for each file, with its status and its books. */
export function selectPreviewedFiles(): Statement {
  const books = BOOK_COLUMNS.map((name, i) => `${BOOKS_OF_FILES[i]} AS ${name}`);
  return toStatement(
    'select-previewed-files',
    `SELECT f.source_key, f.status, ${books.join(', ')}\n${FROM_FILES}\nORDER BY f.file_no`,
  );
}
