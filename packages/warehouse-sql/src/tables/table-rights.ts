import { DIMENSION_TABLES } from './dimension-tables.ts';
import { FACT_TABLE } from './fact-table.ts';
import { DECISION_TABLE, FILE_TABLE, LOCK_TABLE, REJECT_TABLE, RUN_TABLE } from './ingest-tables.ts';
import { SCHEMA_TABLE } from './schema-table.ts';

export type TableRight = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

/** What runs, undos and questions do with each table, and no more. Changing or dropping a table is none of it. */
export const TABLE_RIGHTS: readonly { readonly table: string; readonly rights: readonly TableRight[] }[] = [
  // An undo takes rows away.
  { table: FACT_TABLE.name, rights: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] },
  { table: DIMENSION_TABLES.products.name, rights: ['SELECT', 'INSERT', 'UPDATE'] },
  { table: DIMENSION_TABLES.customers.name, rights: ['SELECT', 'INSERT', 'UPDATE'] },
  { table: RUN_TABLE.name, rights: ['SELECT', 'INSERT', 'UPDATE'] },
  { table: FILE_TABLE.name, rights: ['SELECT', 'INSERT', 'UPDATE'] },
  { table: REJECT_TABLE.name, rights: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] },
  { table: DECISION_TABLE.name, rights: ['SELECT', 'INSERT'] },
  // LOCK asks for a right to change the table. It stays empty.
  { table: LOCK_TABLE.name, rights: ['SELECT', 'UPDATE'] },
  { table: SCHEMA_TABLE.name, rights: ['SELECT'] },
];
