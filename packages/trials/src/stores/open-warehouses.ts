import type { WarehouseKind } from '../trial.ts';
import { digestAtOnce } from './digest-at-once.ts';
import { openMemoryWarehouses } from './memory-warehouses.ts';
import type { Warehouses } from './warehouses.ts';

/** The database's modules are loaded where they are needed. */
export async function openWarehouses(kind: WarehouseKind): Promise<Warehouses> {
  if (kind === 'memory') {
    digestAtOnce();
    return openMemoryWarehouses();
  }
  const { openPostgresWarehouses } = await import('./postgres-warehouses.ts');
  return openPostgresWarehouses();
}
