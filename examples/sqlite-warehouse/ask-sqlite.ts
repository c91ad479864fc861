import type { ReaderOptions } from '@weir/warehouse-sql';
import type { Sqlite } from './sqlite.ts';

/** What the readers of `@weir/warehouse-sql` need. */
export function askSqlite(database: Sqlite): ReaderOptions {
  return { dialect: 'postgres', ask: async (statement) => database.run(statement) };
}
