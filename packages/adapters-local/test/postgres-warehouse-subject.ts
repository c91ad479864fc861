import { readStoredDecisions, readStoredRejects, type WarehouseSubject } from '@weir/port-contracts';
import type { Pool } from 'pg';
import { PostgresFactReader, PostgresRunHistory, PostgresWarehouse } from '../src/index.ts';
import { openPlace } from './postgres-place.ts';

/** A warehouse in a place of its own, with what the contracts look at beyond the ports. */
export async function openWarehouseSubject(): Promise<WarehouseSubject & { pool: Pool; close(): Promise<void> }> {
  const { pool, close } = await openPlace();
  const query = async (text: string) => (await pool.query(text)).rows;
  return {
    pool,
    warehouse: new PostgresWarehouse({ pool }),
    history: new PostgresRunHistory({ pool }),
    facts: new PostgresFactReader({ pool }),
    rejects: () => readStoredRejects(query),
    decisions: () => readStoredDecisions(query),
    close,
  };
}
