import { decisionLogContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { openWarehouseSubject } from './postgres-warehouse-subject.ts';

runContract(decisionLogContract, 'PostgresDecisionLog', openWarehouseSubject);
