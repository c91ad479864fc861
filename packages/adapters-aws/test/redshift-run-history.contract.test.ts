import { runHistoryContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { openRedshift } from './support/redshift-subject.ts';

runContract(runHistoryContract, 'RedshiftRunHistory', openRedshift, 60_000);
