import type { DimensionName } from '@weir/core';
import { DIALECTS, type Dialect } from './dialect.ts';
import { failWhereAny } from './fail-where-any.ts';
import { type Statement, toStatement } from './statement.ts';
import { DIMENSION_TABLES } from './tables/dimension-tables.ts';
import { columnNames, type TableDefinition } from './tables/table-definition.ts';

/** A snapshot of a dimension with the columns that the port tells, and without a customer's name and address. */
export function selectDimension(dimension: DimensionName): Statement {
  const columns = {
    products: 'product_id, product_name, category, supplier_id, price',
    customers: 'customer_id, membership_level',
  }[dimension];
  return toStatement(`select-${dimension}`, `SELECT ${columns} FROM ${DIMENSION_TABLES[dimension].name}`);
}

/** Where a feed is staged before its load; one feed has one number in a load, from 1. */
export function stageDimensionTable(dimension: DimensionName, feedNo: number): TableDefinition {
  const { columns, distribution } = DIMENSION_TABLES[dimension];
  return { name: `stage_dimension_${feedNo}`, columns, distribution };
}

/** Nothing where the database keeps keys unique itself; else ends the transaction where a feed holds an id twice. */
export function checkDimensionKeys(dimension: DimensionName, feedNo: number, dialect: Dialect): readonly Statement[] {
  if (DIALECTS[dialect].enforcesKeys) return [];
  const stage = stageDimensionTable(dimension, feedNo);
  const id = exact(stage, columnNames(stage)[0]!, 's', dialect);
  return [
    toStatement(
      `check-${dimension}`,
      `${failWhereAny('keys_are_unique')} FROM (
  SELECT ${id} AS id FROM ${stage.name} s GROUP BY ${id} HAVING COUNT(*) > 1
) doubled`,
    ),
  ];
}

/** Replaces the rows that differ, then adds those that are new. The rows that each statement touches are to be counted. */
export function upsertDimension(
  dimension: DimensionName,
  feedNo: number,
  dialect: Dialect,
): { readonly update: Statement; readonly insert: Statement } {
  const table = DIMENSION_TABLES[dimension];
  const stage = stageDimensionTable(dimension, feedNo).name;
  const [id, ...others] = columnNames(table);
  const all = columnNames(table);
  const isSame = `${exact(table, id!, table.name, dialect)} = ${exact(table, id!, 's', dialect)}`;
  const differences = others.map(
    (name) => `${exact(table, name, table.name, dialect)} <> ${exact(table, name, 's', dialect)}`,
  );
  return {
    update: toStatement(
      `update-${dimension}`,
      `UPDATE ${table.name} SET ${others.map((name) => `${name} = s.${name}`).join(', ')}
FROM ${stage} s
WHERE ${isSame} AND (${differences.join(' OR ')})`,
    ),
    insert: toStatement(
      `insert-${dimension}`,
      `INSERT INTO ${table.name} (${all.join(', ')})
SELECT ${all.map((name) => `s.${name}`).join(', ')}
FROM ${stage} s
LEFT JOIN ${table.name} ON ${isSame}
WHERE ${table.name}.${id} IS NULL
ORDER BY s.${id}`,
    ),
  };
}

function exact(table: TableDefinition, column: string, row: string, dialect: Dialect): string {
  const { kind } = table.columns.find(({ name }) => name === column)!.type;
  const expression = `${row}.${column}`;
  return kind === 'decimal' ? expression : DIALECTS[dialect].exactText(expression);
}
