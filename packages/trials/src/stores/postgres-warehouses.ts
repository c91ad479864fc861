import {
  openPostgresPool,
  PostgresDecisionLog,
  PostgresDimensionCatalog,
  PostgresFactReader,
  PostgresRunHistory,
  PostgresRunUndo,
  PostgresSchema,
  PostgresWarehouse,
} from '@weir/adapters-local';
import { SystemClock } from '@weir/adapters-local/in-process';
import { openTestDatabase } from '@weir/adapters-local/testing';
import { readStoredDecisions, readStoredRejects } from '@weir/port-contracts';
import { loadShopDimensions } from './load-shop-dimensions.ts';
import type { Warehouses } from './warehouses.ts';

/** One database, emptied between trials. */
export async function openPostgresWarehouses(): Promise<Warehouses> {
  const database = await openTestDatabase();
  const pool = openPostgresPool({ connectionString: database.connectionString });
  await new PostgresSchema({ pool, clock: new SystemClock() }).upgrade();
  const dimensions = new PostgresDimensionCatalog({ pool });
  await loadShopDimensions(dimensions);
  const query = async (text: string) => (await pool.query(text)).rows;
  return {
    openEmpty: async () => {
      await pool.query('TRUNCATE fact_transactions, ingest_run, ingest_file, ingest_reject, ingest_decision');
      return {
        warehouse: new PostgresWarehouse({ pool }),
        dimensions,
        history: new PostgresRunHistory({ pool }),
        facts: new PostgresFactReader({ pool }),
        log: new PostgresDecisionLog({ pool }),
        undo: new PostgresRunUndo({ pool }),
        rejects: () => readStoredRejects(query),
        decisions: () => readStoredDecisions(query),
      };
    },
    close: async () => {
      await pool.end();
      await database.close();
    },
  };
}
