import { PostgresFactReader, PostgresRunHistory } from '@weir/adapters-local';
import { readStoredDecisions, readStoredRejects } from '@weir/port-contracts';
import type { Pool } from 'pg';
import type { Watched } from '../invariants/index.ts';
import type { ShopFolder } from './shop-folder.ts';

/** A shop's places and its database, seen from outside. */
export function watchShop(shop: ShopFolder, pool: Pool): Watched {
  const query = async (text: string) => (await pool.query(text)).rows;
  return {
    facts: new PostgresFactReader({ pool }),
    history: new PostgresRunHistory({ pool }),
    rejects: () => readStoredRejects(query),
    decisions: () => readStoredDecisions(query),
    landed: () => shop.placed('landing'),
    archived: () => shop.placed('archive'),
    quarantined: () => shop.placed('quarantine'),
  };
}
