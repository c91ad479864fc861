import type { TotalsQuery } from '@weir/core';
import type { Dialect } from '../dialect.ts';
import { dateText } from '../format-timestamp.ts';
import { ParameterList } from '../parameter-list.ts';
import type { Statement } from '../statement.ts';
import { FACT_TABLE } from '../tables/fact-table.ts';

const MOST_TOLD = 10_000;

/** Facts by transaction day and amount class, the newest days first. */
export function selectTotals({ runId }: TotalsQuery, dialect: Dialect): Statement {
  const values = new ParameterList('select-totals', dialect);
  const condition = runId === undefined ? '' : `WHERE f.run_id = ${values.text(runId)}\n`;
  return values.toStatement(`SELECT ${dateText('f.transaction_date')} AS transaction_day, f.amount_class, COUNT(*) AS transactions, SUM(f.total_amount) AS amount
FROM ${FACT_TABLE.name} f
${condition}GROUP BY f.transaction_date, f.amount_class
ORDER BY f.transaction_date DESC, f.amount_class
LIMIT ${MOST_TOLD}`);
}
