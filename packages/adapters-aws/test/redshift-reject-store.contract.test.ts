import { rejectStoreContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { RedshiftRejectStore } from '../src/redshift/index.ts';
import { openRedshift } from './support/redshift-subject.ts';

const open = async () => {
  const subject = await openRedshift();
  return { ...subject, store: new RedshiftRejectStore(subject) };
};

runContract(rejectStoreContract, 'RedshiftRejectStore', open, 60_000);
