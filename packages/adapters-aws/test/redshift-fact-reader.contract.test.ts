import { factReaderContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { openRedshift } from './support/redshift-subject.ts';

runContract(factReaderContract, 'RedshiftFactReader', openRedshift, 60_000);
