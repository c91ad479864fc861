import { InMemoryWarehouse } from '@weir/core/testing';
import {
  decisionLogContract,
  deliveryLogContract,
  factReaderContract,
  rejectStoreContract,
  runHistoryContract,
  runUndoContract,
  type WarehouseSubject,
  warehouseContract,
} from '../src/index.ts';
import { runContract } from '../src/run-contract.ts';

const open = async (): Promise<WarehouseSubject & { close(): Promise<void> }> => {
  const warehouse = new InMemoryWarehouse();
  return {
    warehouse,
    history: warehouse,
    facts: warehouse,
    log: warehouse,
    undo: warehouse,
    rejects: () => warehouse.rejects(),
    decisions: () => warehouse.decisions(),
    close: async () => {},
  };
};

runContract(warehouseContract, 'InMemoryWarehouse', open);
runContract(runHistoryContract, 'InMemoryWarehouse', open);
runContract(factReaderContract, 'InMemoryWarehouse', open);
runContract(deliveryLogContract, 'InMemoryWarehouse', async () => {
  const warehouse = new InMemoryWarehouse();
  return { deliveries: warehouse, warehouse, close: async () => {} };
});
runContract(decisionLogContract, 'InMemoryWarehouse', open);
runContract(runUndoContract, 'InMemoryWarehouse', open);
runContract(rejectStoreContract, 'InMemoryWarehouse', async () => {
  const warehouse = new InMemoryWarehouse();
  return { store: warehouse, warehouse, history: warehouse, facts: warehouse, close: async () => {} };
});
