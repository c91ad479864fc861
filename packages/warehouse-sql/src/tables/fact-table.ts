import {
  BIGINT,
  DATE,
  ID,
  INTEGER,
  PRICE,
  RUN_ID,
  SMALLINT,
  SOURCE_KEY,
  TIMESTAMP,
  TOTAL,
  text,
  WORD,
} from './column-types.ts';
import type { Column, TableDefinition } from './table-definition.ts';

/** What a staged row tells about its transaction, in the order of `STAGED_ROW_COLUMNS`. */
export const TRANSACTION_FIELDS: readonly Column[] = [
  { name: 'transaction_id', type: ID },
  { name: 'customer_id', type: ID },
  { name: 'product_id', type: ID },
  { name: 'quantity', type: INTEGER },
  { name: 'price', type: PRICE },
  { name: 'transaction_date', type: DATE },
  { name: 'payment_type', type: WORD },
  { name: 'status', type: WORD },
  { name: 'status_rank', type: SMALLINT },
  { name: 'total_amount', type: TOTAL },
  { name: 'amount_class', type: WORD },
  { name: 'product_name', type: text(512) },
  { name: 'category', type: text(128) },
  { name: 'supplier_id', type: ID },
  { name: 'list_price', type: PRICE },
  { name: 'membership_level', type: text(64) },
];

/** Where a row lay: the end of its version. */
export const SOURCE_FIELDS: readonly Column[] = [
  { name: 'source_key', type: SOURCE_KEY },
  { name: 'source_day', type: DATE },
  { name: 'source_modified', type: TIMESTAMP },
  { name: 'source_line', type: BIGINT },
];

/** No foreign keys and no index beside the key: each would cost a load more than half as much again. */
export const FACT_TABLE: TableDefinition = {
  name: 'fact_transactions',
  columns: [
    ...TRANSACTION_FIELDS,
    ...SOURCE_FIELDS,
    { name: 'run_id', type: RUN_ID },
    { name: 'first_loaded_at', type: TIMESTAMP },
    { name: 'updated_at', type: TIMESTAMP },
  ],
  primaryKey: ['transaction_id'],
  distribution: 'transaction_id',
};
