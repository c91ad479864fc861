import { deliveryLogContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { PostgresDeliveryLog } from '../src/index.ts';
import { openWarehouseSubject } from './postgres-warehouse-subject.ts';

runContract(deliveryLogContract, 'PostgresDeliveryLog', async () => {
  const subject = await openWarehouseSubject();
  return { ...subject, deliveries: new PostgresDeliveryLog({ pool: subject.pool }) };
});
