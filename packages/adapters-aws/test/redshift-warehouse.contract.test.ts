import { warehouseContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { openRedshift } from './support/redshift-subject.ts';

runContract(warehouseContract, 'RedshiftWarehouse', openRedshift, 60_000);
