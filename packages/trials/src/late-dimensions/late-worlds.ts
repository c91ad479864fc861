import { InMemoryDimensionCatalog, InMemoryWarehouse } from '@weir/core/testing';
import { digestAtOnce } from '../stores/digest-at-once.ts';
import type { WarehouseKind } from '../trial.ts';
import type { LateWorld, LateWorlds } from './late-world.ts';

/** The database's modules are loaded where they are needed. */
export async function openLateWorlds(kind: WarehouseKind): Promise<LateWorlds> {
  if (kind === 'memory') {
    digestAtOnce();
    return { openEmpty: openInMemory, close: async () => {} };
  }
  const { openPostgresLateWorlds } = await import('./postgres-late-worlds.ts');
  return openPostgresLateWorlds();
}

async function openInMemory(): Promise<LateWorld> {
  const warehouse = new InMemoryWarehouse();
  const dimensions = new InMemoryDimensionCatalog();
  return { warehouse, facts: warehouse, dimensions, store: warehouse, rejects: () => warehouse.rejects() };
}
