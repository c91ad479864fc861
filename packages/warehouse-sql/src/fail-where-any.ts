import { STAGE_CHECK_TABLE } from './tables/stage-tables.ts';
import { columnNames } from './tables/table-definition.ts';

/** The checks of a commit, by their columns in `stage_check`. */
export type Check =
  | 'run_is_new'
  | 'counts_match'
  | 'books_close'
  | 'keys_are_unique'
  | 'rejects_are_open'
  | 'run_can_be_undone'
  | 'undo_is_current';

/** The beginning of a statement that fails, and the transaction with it, where the `FROM` behind it gives any row. */
export function failWhereAny(check: Check): string {
  const columns = columnNames(STAGE_CHECK_TABLE);
  const values = columns.map((column) => (column === check ? 'CASE WHEN COUNT(*) = 0 THEN 1 END' : '1'));
  return `INSERT INTO ${STAGE_CHECK_TABLE.name} (${columns.join(', ')})\nSELECT ${values.join(', ')}`;
}
