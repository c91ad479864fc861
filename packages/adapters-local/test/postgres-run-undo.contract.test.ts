import { runUndoContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { openWarehouseSubject } from './postgres-warehouse-subject.ts';

runContract(runUndoContract, 'PostgresRunUndo', openWarehouseSubject);
