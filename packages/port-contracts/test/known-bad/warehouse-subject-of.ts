import { InMemoryWarehouse } from '@weir/core/testing';
import type { Open, WarehouseSubject } from '../../src/index.ts';

/** How to open a warehouse that is wrong on purpose: an in-memory one with something about it replaced. */
export function openWarehouse(
  build: () => InMemoryWarehouse = () => new InMemoryWarehouse(),
  spoil: (subject: WarehouseSubject) => Partial<WarehouseSubject> = () => ({}),
): Open<WarehouseSubject> {
  return async () => {
    const warehouse = build();
    const subject: WarehouseSubject = {
      warehouse,
      history: warehouse,
      facts: warehouse,
      log: warehouse,
      undo: warehouse,
      rejects: () => warehouse.rejects(),
      decisions: () => warehouse.decisions(),
    };
    return { ...subject, ...spoil(subject), close: async () => {} };
  };
}
