import {
  openPostgresPool,
  PostgresDimensionCatalog,
  PostgresFactReader,
  PostgresRejectStore,
  PostgresSchema,
  PostgresWarehouse,
} from '@weir/adapters-local';
import { SystemClock } from '@weir/adapters-local/in-process';
import { openTestDatabase } from '@weir/adapters-local/testing';
import { readStoredRejects } from '@weir/port-contracts';
import type { LateWorlds } from './late-world.ts';

const TABLES =
  'fact_transactions, ingest_run, ingest_file, ingest_reject, ingest_decision, dim_products, dim_customers';

/** One database, emptied between trials. */
export async function openPostgresLateWorlds(): Promise<LateWorlds> {
  const database = await openTestDatabase();
  const pool = openPostgresPool({ connectionString: database.connectionString });
  await new PostgresSchema({ pool, clock: new SystemClock() }).upgrade();
  return {
    openEmpty: async () => {
      await pool.query(`TRUNCATE ${TABLES}`);
      return {
        warehouse: new PostgresWarehouse({ pool }),
        facts: new PostgresFactReader({ pool }),
        dimensions: new PostgresDimensionCatalog({ pool }),
        store: new PostgresRejectStore({ pool }),
        rejects: () => readStoredRejects(async (text) => (await pool.query(text)).rows),
      };
    },
    close: async () => {
      await pool.end();
      await database.close();
    },
  };
}
