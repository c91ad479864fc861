import { INTEGER, TIMESTAMP } from './column-types.ts';
import type { TableDefinition } from './table-definition.ts';

/** One row a migration that was applied. */
export const SCHEMA_TABLE: TableDefinition = {
  name: 'weir_schema',
  columns: [
    { name: 'version', type: INTEGER },
    { name: 'applied_at', type: TIMESTAMP },
  ],
  primaryKey: ['version'],
};
