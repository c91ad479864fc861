import { deliveryLogContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { RedshiftDeliveryLog } from '../src/redshift/index.ts';
import { openRedshift } from './support/redshift-subject.ts';

const open = async () => {
  const subject = await openRedshift();
  return { ...subject, deliveries: new RedshiftDeliveryLog(subject) };
};

runContract(deliveryLogContract, 'RedshiftDeliveryLog', open, 60_000);
