import { decisionLogContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { openRedshift } from './support/redshift-subject.ts';

runContract(decisionLogContract, 'RedshiftDecisionLog', openRedshift, 60_000);
