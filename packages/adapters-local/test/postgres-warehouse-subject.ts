import { readStoredDecisions, readStoredRejects, type WarehouseSubject } from '@weir/port-contracts';
import type { Pool } from 'pg';
import {
  PostgresDecisionLog,
  PostgresFactReader,
  PostgresRunHistory,
  PostgresRunUndo,
  PostgresWarehouse,
  type PostgresWarehouseOptions,
} from '../src/index.ts';
import { openPlace } from './postgres-place.ts';

export type Connections = Pick<PostgresWarehouseOptions, 'connections' | 'leastBytesShared'>;

export const OVER_ONE: Connections = { connections: 1 };
/** Also for the smallest of runs. */
export const OVER_TWO: Connections = { connections: 2, leastBytesShared: 1 };
/** For `describe.each`. */
export const CONNECTIONS: readonly (readonly [string, Connections])[] = [
  ['over one connection', OVER_ONE],
  ['over two connections', OVER_TWO],
];

/** A warehouse in a place of its own, with what the contracts look at beyond the ports. */
export async function openWarehouseSubject(
  connections: Connections = OVER_ONE,
): Promise<WarehouseSubject & { pool: Pool; close(): Promise<void> }> {
  const { pool, close } = await openPlace();
  const query = async (text: string) => (await pool.query(text)).rows;
  return {
    pool,
    warehouse: new PostgresWarehouse({ pool, ...connections }),
    history: new PostgresRunHistory({ pool }),
    facts: new PostgresFactReader({ pool }),
    log: new PostgresDecisionLog({ pool }),
    undo: new PostgresRunUndo({ pool }),
    rejects: () => readStoredRejects(query),
    decisions: () => readStoredDecisions(query),
    close,
  };
}
