import { type CommitRules, InMemoryDimensionCatalog, InMemoryWarehouse } from '@weir/core/testing';
import { loadShopDimensions } from './load-shop-dimensions.ts';
import type { TrialWarehouse, Warehouses } from './warehouses.ts';

/** @param rules steps of the commit to be replaced, for warehouses that are wrong on purpose */
export async function openMemoryWarehouses(rules: Partial<CommitRules> = {}): Promise<Warehouses> {
  const dimensions = new InMemoryDimensionCatalog();
  await loadShopDimensions(dimensions);
  return {
    openEmpty: async (): Promise<TrialWarehouse> => {
      const warehouse = new InMemoryWarehouse(rules);
      return {
        warehouse,
        dimensions,
        history: warehouse,
        facts: warehouse,
        log: warehouse,
        undo: warehouse,
        rejects: () => warehouse.rejects(),
        decisions: () => warehouse.decisions(),
      };
    },
    close: async () => {},
  };
}
