import type { Contract } from './contract.ts';
import { CLAIM_CLAUSES } from './run-ledger/claim-clauses.ts';
import { ENTRY_CLAUSES } from './run-ledger/entry-clauses.ts';
import { OPEN_RUN_CLAUSES } from './run-ledger/open-run-clauses.ts';
import type { RunLedgerSubject } from './run-ledger/run-ledger-subject.ts';

/** Which run has which file, and how far each run is. */
export const runLedgerContract: Contract<RunLedgerSubject> = {
  port: 'RunLedger',
  clauses: { ...ENTRY_CLAUSES, ...CLAIM_CLAUSES, ...OPEN_RUN_CLAUSES },
};
