import type { Dialect } from '../dialect.ts';
import { type Statement, toStatement } from '../statement.ts';
import { DIMENSION_TABLES } from '../tables/dimension-tables.ts';
import { FACT_TABLE } from '../tables/fact-table.ts';
import { DECISION_TABLE, FILE_TABLE, LOCK_TABLE, REJECT_TABLE, RUN_TABLE } from '../tables/ingest-tables.ts';

const TABLES = [
  ...[FACT_TABLE, DIMENSION_TABLES.products, DIMENSION_TABLES.customers],
  ...[RUN_TABLE, FILE_TABLE, REJECT_TABLE, DECISION_TABLE, LOCK_TABLE],
];
const RIGHTS = ['SELECT', 'INSERT', 'UPDATE'];
/** From which an undo takes rows away. */
const SHRINKING = [FACT_TABLE, REJECT_TABLE];

/**
 * Rows `object, missing_right` of what the user who asks may not do, although a run or an undo does it, as it would stand in a
 * GRANT. The tables must be there.
 */
export function selectMissingRights(dialect: Dialect): Statement {
  const looks = TABLES.flatMap((table) =>
    [...RIGHTS, ...(SHRINKING.includes(table) ? ['DELETE'] : [])].map((right) =>
      look(`'${table.name}'`, right, `has_table_privilege('${table.name}', '${right}')`),
    ),
  );
  const database = look(
    "'DATABASE ' || QUOTE_IDENT(CURRENT_DATABASE())",
    'TEMP',
    "has_database_privilege(CURRENT_DATABASE(), 'TEMP')",
  );
  // Where two connections load the rows of a large run, they share tables of their own.
  const schema = look(
    "'SCHEMA ' || QUOTE_IDENT(CURRENT_SCHEMA())",
    'CREATE',
    "has_schema_privilege(CURRENT_SCHEMA(), 'CREATE')",
  );
  const all = [...looks, database, ...(dialect === 'postgres' ? [schema] : [])];
  return toStatement('select-missing-rights', all.join('\nUNION ALL '));
}

/** @param object as SQL */
function look(object: string, right: string, test: string): string {
  return `SELECT ${object} AS object, '${right}' AS missing_right WHERE NOT ${test}`;
}

/** One row `now`: whole seconds since 1970 on the clock of the database. */
export function selectNow(dialect: Dialect): Statement {
  const now = dialect === 'postgres' ? 'clock_timestamp()' : 'SYSDATE';
  return toStatement('select-now', `SELECT CAST(EXTRACT(EPOCH FROM ${now}) AS BIGINT) AS now`);
}
