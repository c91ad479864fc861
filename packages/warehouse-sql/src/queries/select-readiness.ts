import type { Dialect } from '../dialect.ts';
import { type Statement, toStatement } from '../statement.ts';
import { TABLE_RIGHTS } from '../tables/table-rights.ts';

/**
 * Rows `object, missing_right` of what the user who asks may not do, although a run or an undo does it, as it would stand in a
 * GRANT. The tables must be there.
 */
export function selectMissingRights(dialect: Dialect): Statement {
  const looks = TABLE_RIGHTS.flatMap(({ table, rights }) =>
    rights.map((right) => look(`'${table}'`, right, `has_table_privilege('${table}', '${right}')`)),
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
