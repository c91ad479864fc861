import { DIALECTS, type Dialect } from '../dialect.ts';
import { dateText, timestampText } from '../format-timestamp.ts';
import { ParameterList } from '../parameter-list.ts';
import { type Statement, toStatement } from '../statement.ts';
import { FACT_TABLE } from '../tables/fact-table.ts';
import { columnNames } from '../tables/table-definition.ts';

/** The columns of a fact that are read, in their order. */
export const FACT_COLUMNS = columnNames(FACT_TABLE).filter((name) => !['first_loaded_at', 'updated_at'].includes(name));

/** All facts in the byte order of transaction_id. */
export function selectFacts(dialect: Dialect): Statement {
  return toStatement(
    'select-facts',
    `SELECT ${FACT_COLUMNS.map(toText).join(', ')} FROM ${FACT_TABLE.name} ORDER BY ${DIALECTS[dialect].exactText(`${FACT_TABLE.name}.transaction_id`)}`,
  );
}

/** The fact of one transaction: one row or none, with the names `FACT_COLUMNS`. */
export function selectFact(transactionId: string, dialect: Dialect): Statement {
  const values = new ParameterList('select-fact', dialect);
  const columns = FACT_COLUMNS.map((name) => (toText(name) === name ? name : `${toText(name)} AS ${name}`));
  return values.toStatement(
    `SELECT ${columns.join(', ')} FROM ${FACT_TABLE.name} WHERE transaction_id = ${values.text(transactionId)}`,
  );
}

function toText(name: string): string {
  const { kind } = FACT_TABLE.columns.find((column) => column.name === name)!.type;
  return kind === 'date' ? dateText(name) : kind === 'timestamp' ? timestampText(name) : name;
}
