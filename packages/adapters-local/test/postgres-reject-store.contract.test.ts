import { rejectStoreContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { PostgresRejectStore } from '../src/index.ts';
import { type Connections, OVER_TWO, openWarehouseSubject } from './postgres-warehouse-subject.ts';

const open = async (connections?: Connections) => {
  const subject = await openWarehouseSubject(connections);
  return { ...subject, store: new PostgresRejectStore({ pool: subject.pool }) };
};

runContract(rejectStoreContract, 'PostgresRejectStore', open);
runContract(rejectStoreContract, 'PostgresRejectStore over two connections', () => open(OVER_TWO));
