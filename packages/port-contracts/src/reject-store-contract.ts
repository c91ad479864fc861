import type { Contract } from './contract.ts';
import { READING_CLAUSES } from './reject-store/reading-clauses.ts';
import { REPLAY_CLAUSES } from './reject-store/replay-clauses.ts';
import type { RejectStoreSubject } from './reject-store-subject.ts';

/** What is kept of rejected rows, found again, dismissed, and settled by the commit of a replay. */
export const rejectStoreContract: Contract<RejectStoreSubject> = {
  port: 'RejectStore',
  clauses: { ...READING_CLAUSES, ...REPLAY_CLAUSES },
};
