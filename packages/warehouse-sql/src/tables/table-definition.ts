import { DIALECTS, type Dialect } from '../dialect.ts';
import { type Statement, toStatement } from '../statement.ts';
import type { ColumnType } from './column-type.ts';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly isNullable?: boolean;
  /** The version of the schema that brought it, 1 where none is named; what comes later must be nullable. */
  readonly since?: number;
}

export interface TableDefinition {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly primaryKey?: readonly string[];
  /** Columns of further indexes, which only Postgres has. */
  readonly indexes?: readonly (readonly string[])[];
  /** The column by which Redshift spreads and sorts the rows. */
  readonly distribution?: string;
}

/** Statements that create a table with its key and indexes. */
export function createTable(table: TableDefinition, dialect: Dialect): readonly string[] {
  return [`CREATE TABLE ${body(table, dialect)}`, ...createIndexes(table.name, table.indexes ?? [], dialect)];
}

/** The table as it was in a version of the schema. */
export function tableIn(version: number, table: TableDefinition): TableDefinition {
  return { ...table, columns: table.columns.filter(({ since = 1 }) => since <= version) };
}

/** Statements that add the columns which a version of the schema brought. */
export function addColumns(version: number, { name, columns }: TableDefinition, dialect: Dialect): readonly string[] {
  const added = columns.filter(({ since }) => since === version);
  return added.map((column) => `ALTER TABLE ${name} ADD COLUMN ${column.name} ${DIALECTS[dialect].type(column.type)}`);
}

/** Creates a table without further indexes, which only this session sees and which ends with it. */
export function createTemporaryTable(table: TableDefinition, dialect: Dialect): Statement {
  return toStatement(`create-${table.name.replaceAll('_', '-')}`, `CREATE TEMPORARY TABLE ${body(table, dialect)}`);
}

/** Characters, without `_idx`. Postgres cuts names of more than 63. */
const LONGEST_NAME = 59;

/** Statements that create indexes of some columns each, of which only Postgres has any. */
export function createIndexes(
  table: string,
  indexes: readonly (readonly string[])[],
  dialect: Dialect,
): readonly string[] {
  if (!DIALECTS[dialect].enforcesKeys) return [];
  const nameOf = (columns: readonly string[]) => `${`${table}_${columns.join('_')}`.slice(0, LONGEST_NAME)}_idx`;
  return indexes.map((columns) => `CREATE INDEX ${nameOf(columns)} ON ${table} (${columns.join(', ')})`);
}

export function columnNames(table: TableDefinition): readonly string[] {
  return table.columns.map(({ name }) => name);
}

function body(table: TableDefinition, dialect: Dialect): string {
  const traits = DIALECTS[dialect];
  const lines = table.columns.map(
    ({ name, type, isNullable }) => `${name} ${traits.type(type)}${isNullable === true ? '' : ' NOT NULL'}`,
  );
  if (table.primaryKey !== undefined) lines.push(`PRIMARY KEY (${table.primaryKey.join(', ')})`);
  return `${table.name} (\n  ${lines.join(',\n  ')}\n)${traits.tableClauses(table.distribution)}`;
}
