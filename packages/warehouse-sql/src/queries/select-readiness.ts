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

/** Rows `object, missing_right` of what the user who asks may not do, although a run does it. The tables must be there. */
export function selectMissingRights(): Statement {
  const looks = TABLES.flatMap(({ name }) =>
    RIGHTS.map((right) => look(name, right, `has_table_privilege('${name}', '${right}')`)),
  );
  const temporary = look('the database', 'TEMP', "has_database_privilege(current_database(), 'TEMP')");
  return toStatement('select-missing-rights', [...looks, temporary].join('\nUNION ALL '));
}

function look(object: string, right: string, test: string): string {
  return `SELECT '${object}' AS object, '${right}' AS missing_right WHERE NOT ${test}`;
}

/** One row `now`: whole seconds since 1970 on the clock of the database. */
export function selectNow(dialect: Dialect): Statement {
  const now = dialect === 'postgres' ? 'clock_timestamp()' : 'SYSDATE';
  return toStatement('select-now', `SELECT CAST(EXTRACT(EPOCH FROM ${now}) AS BIGINT) AS now`);
}
