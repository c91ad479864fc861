import { DIALECTS, type Dialect } from '../dialect.ts';
import type { ColumnType } from './column-type.ts';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly isNullable?: boolean;
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

/** Statements that create a table which only this session sees and which ends with it. */
export function createTemporaryTable(table: TableDefinition, dialect: Dialect): readonly string[] {
  return [`CREATE TEMPORARY TABLE ${body(table, dialect)}`, ...createIndexes(table.name, table.indexes ?? [], dialect)];
}

/** Statements that create indexes of some columns each, of which only Postgres has any. */
export function createIndexes(
  table: string,
  indexes: readonly (readonly string[])[],
  dialect: Dialect,
): readonly string[] {
  if (!DIALECTS[dialect].enforcesKeys) return [];
  return indexes.map((columns) => `CREATE INDEX ${table}_${columns.join('_')}_idx ON ${table} (${columns.join(', ')})`);
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
