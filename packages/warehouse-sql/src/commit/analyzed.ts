import { DIALECTS, type Dialect } from '../dialect.ts';
import { type Statement, toStatement } from '../statement.ts';

/** Statistics of columns that were just filled, where the planner needs them. */
export function analyzed(table: string, columns: readonly string[], dialect: Dialect): readonly Statement[] {
  return DIALECTS[dialect]
    .analyze(table, columns)
    .map((text) => toStatement(`analyze-${table.replaceAll('_', '-')}`, text));
}
