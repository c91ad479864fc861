import type { Contract } from './contract.ts';
import { COMMIT_CLAUSES } from './warehouse/commit-clauses.ts';
import { DECISION_CLAUSES } from './warehouse/decision-clauses.ts';
import { LEDGER_CLAUSES } from './warehouse/ledger-clauses.ts';
import { ORDER_CLAUSES } from './warehouse/order-clauses.ts';
import { PREVIEW_CLAUSES } from './warehouse/preview-clauses.ts';
import { REJECT_CLAUSES } from './warehouse/reject-clauses.ts';
import { TEXT_CLAUSES } from './warehouse/text-clauses.ts';
import { VERDICT_CLAUSES } from './warehouse/verdict-clauses.ts';
import { VERSION_CLAUSES } from './warehouse/version-clauses.ts';
import type { WarehouseSubject } from './warehouse-subject.ts';

/** A warehouse and its stages: staged lines in; facts, decisions, rejects, file entries and books out. */
export const warehouseContract: Contract<WarehouseSubject> = {
  port: 'Warehouse',
  clauses: {
    ...VERDICT_CLAUSES,
    ...VERSION_CLAUSES,
    ...ORDER_CLAUSES,
    ...LEDGER_CLAUSES,
    ...COMMIT_CLAUSES,
    ...REJECT_CLAUSES,
    ...DECISION_CLAUSES,
    ...TEXT_CLAUSES,
    ...PREVIEW_CLAUSES,
  },
};
