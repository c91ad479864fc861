import { DIMENSION_COLUMNS, type DimensionName } from '@weir/core';
import { key, PRICE, text } from './column-types.ts';
import type { TableDefinition } from './table-definition.ts';

/** The table of each dimension. Its first column is the id. */
export const DIMENSION_TABLES: Readonly<Record<DimensionName, DimensionTable>> = {
  products: dimensionTable('products'),
  customers: dimensionTable('customers'),
};

type DimensionTable = TableDefinition & { readonly distribution: string };

function dimensionTable(dimension: DimensionName): DimensionTable {
  const columns = DIMENSION_COLUMNS[dimension].map(({ name, bytes }, place) => ({
    name,
    type: bytes === undefined ? PRICE : place === 0 ? key(bytes) : text(bytes),
  }));
  const id = columns[0]!.name;
  return { name: `dim_${dimension}`, columns, primaryKey: [id], distribution: id };
}
