import type { Dialect } from '../dialect.ts';
import { failWhereAny } from '../fail-where-any.ts';
import { ParameterList } from '../parameter-list.ts';
import type { Statement } from '../statement.ts';
import { BOOK_COLUMNS, FILE_TABLE, RUN_TABLE } from '../tables/ingest-tables.ts';

/** Ends the transaction where the id of the run is taken. */
export function checkRunIsNew(runId: string, dialect: Dialect): Statement {
  const values = new ParameterList('check-run-is-new', dialect);
  return values.toStatement(
    `${failWhereAny('run_is_new')} FROM ${RUN_TABLE.name} WHERE run_id = ${values.text(runId)}`,
  );
}

/** Ends the transaction where the books of a file of the run are open. */
export function checkBooks(runId: string, dialect: Dialect): Statement {
  const values = new ParameterList('check-books', dialect);
  const [read, ...others] = BOOK_COLUMNS;
  return values.toStatement(`${failWhereAny('books_close')} FROM ${FILE_TABLE.name}
WHERE run_id = ${values.text(runId)} AND ${read} <> ${others.join(' + ')}`);
}
