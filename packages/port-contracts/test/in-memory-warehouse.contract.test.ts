import { InMemoryWarehouse } from '@weir/core/testing';
import {
  deliveryLogContract,
  factReaderContract,
  rejectStoreContract,
  runHistoryContract,
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
runContract(rejectStoreContract, 'InMemoryWarehouse', async () => {
  const warehouse = new InMemoryWarehouse();
  return { store: warehouse, warehouse, history: warehouse, facts: warehouse, close: async () => {} };
});
