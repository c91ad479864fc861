import type { Contract } from './contract.ts';
import { COMMIT_CLAUSES } from './run-undo/commit-clauses.ts';
import { STEP_CLAUSES } from './run-undo/step-clauses.ts';
import type { WarehouseSubject } from './warehouse-subject.ts';

/** What is to be done to take a run back, and its being done in one transaction. */
export const runUndoContract: Contract<WarehouseSubject> = {
  port: 'RunUndo',
  clauses: { ...STEP_CLAUSES, ...COMMIT_CLAUSES },
};
