import { runUndoContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { openRedshift } from './support/redshift-subject.ts';

runContract(runUndoContract, 'RedshiftRunUndo', openRedshift, 60_000);
