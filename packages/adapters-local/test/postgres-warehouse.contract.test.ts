import { warehouseContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { OVER_TWO, openWarehouseSubject } from './postgres-warehouse-subject.ts';

runContract(warehouseContract, 'PostgresWarehouse', openWarehouseSubject);
runContract(warehouseContract, 'PostgresWarehouse over two connections', () => openWarehouseSubject(OVER_TWO));
