import type { Dialect } from './dialect.ts';
import { ParameterList } from './parameter-list.ts';
import { type Statement, toStatement } from './statement.ts';
import { DIMENSION_TABLES } from './tables/dimension-tables.ts';
import { FACT_TABLE } from './tables/fact-table.ts';
import {
  BOOK_COLUMNS,
  DECISION_TABLE,
  FILE_TABLE,
  LOCK_TABLE,
  REJECT_TABLE,
  RUN_TABLE,
} from './tables/ingest-tables.ts';
import { SCHEMA_TABLE } from './tables/schema-table.ts';
import { addColumns, createIndexes, createTable, type TableDefinition, tableIn } from './tables/table-definition.ts';

/** A step from one version of the schema to the next. A step that was released is never changed: a later one mends it. */
export interface Migration {
  readonly version: number;
  readonly statements: readonly string[];
}

const FIRST_TABLES: readonly TableDefinition[] = [
  DIMENSION_TABLES.products,
  DIMENSION_TABLES.customers,
  FACT_TABLE,
  RUN_TABLE,
  FILE_TABLE,
  REJECT_TABLE,
  DECISION_TABLE,
  LOCK_TABLE,
];

/** All steps, in the order of their versions. */
export function listMigrations(dialect: Dialect): readonly Migration[] {
  return [
    { version: 1, statements: FIRST_TABLES.flatMap((table) => createTable(tableIn(1, table), dialect)) },
    { version: 2, statements: PAGED.flatMap(([table, index]) => createIndexes(table.name, [index], dialect)) },
    { version: 3, statements: addColumns(3, RUN_TABLE, dialect) },
    { version: 4, statements: addColumns(4, RUN_TABLE, dialect) },
    { version: 5, statements: createIndexes(FILE_TABLE.name, [ADDED_UP], dialect) },
  ];
}

/** In the order in which pages are read: files of all runs, and runs that ended in one way. */
const PAGED: readonly (readonly [TableDefinition, readonly string[]])[] = [
  [FILE_TABLE, ['source_day', 'source_key', 'run_id']],
  [RUN_TABLE, ['status', 'started_at', 'run_id']],
];

/** All that is added up of the files of a day, so that their entries need not be read. */
const ADDED_UP = ['source_day', 'status', ...BOOK_COLUMNS];

/** The version that this code works with. */
export const SCHEMA_VERSION = 5;

/** Creates the table of versions where it is missing. */
export function createSchemaTable(dialect: Dialect): Statement {
  const [create] = createTable(SCHEMA_TABLE, dialect);
  return toStatement('create-schema-table', create!.replace('CREATE TABLE', 'CREATE TABLE IF NOT EXISTS'));
}

/** One row with the column `version`: that of the schema, 0 for an empty one. */
export function selectSchemaVersion(): Statement {
  return toStatement('select-schema-version', `SELECT COALESCE(MAX(version), 0) AS version FROM ${SCHEMA_TABLE.name}`);
}

export function recordMigration(version: number, appliedAt: number, dialect: Dialect): Statement {
  const values = new ParameterList('record-migration', dialect);
  return values.toStatement(
    `INSERT INTO ${SCHEMA_TABLE.name} (version, applied_at) SELECT ${values.integer(version)}, ${values.timestamp(appliedAt)}`,
  );
}

/**
 * As `recordMigration`, but ends the transaction where the schema has not the version `from` any more: for a database
 * without other means to keep two upgrades apart. Lock the table of versions before.
 */
export function recordMigrationAfter(from: number, version: number, appliedAt: number, dialect: Dialect): Statement {
  const values = new ParameterList('record-migration', dialect);
  return values.toStatement(
    `INSERT INTO ${SCHEMA_TABLE.name} (version, applied_at)
SELECT CASE WHEN COALESCE(MAX(version), 0) = ${values.integer(from)} THEN ${values.integer(version)} END, ${values.timestamp(appliedAt)}
FROM ${SCHEMA_TABLE.name}`,
  );
}
