import type { DimensionName } from '../ports/dimension-catalog.port.ts';

/** The columns of a dimension file and table; the first is the id. `bytes` is the longest value in UTF-8. */
export const DIMENSION_COLUMNS: Readonly<Record<DimensionName, readonly DimensionColumn[]>> = {
  products: [
    { name: 'product_id', bytes: 64 },
    { name: 'product_name', bytes: 512 },
    { name: 'category', bytes: 128 },
    { name: 'price', bytes: undefined },
    { name: 'supplier_id', bytes: 64 },
  ],
  customers: [
    { name: 'customer_id', bytes: 64 },
    { name: 'first_name', bytes: 128 },
    { name: 'last_name', bytes: 128 },
    { name: 'email', bytes: 320 },
    { name: 'membership_level', bytes: 64 },
  ],
};

/** What rows are joined to, in the order of a snapshot. */
export const SNAPSHOT_COLUMNS: Readonly<Record<DimensionName, readonly string[]>> = {
  products: ['product_id', 'product_name', 'category', 'supplier_id', 'price'],
  customers: ['customer_id', 'membership_level'],
};

export interface DimensionColumn {
  readonly name: string;
  /** Undefined for the price, which is a DECIMAL(12,2). */
  readonly bytes: number | undefined;
}
