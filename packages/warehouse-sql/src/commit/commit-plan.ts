import { DIALECTS, type Dialect } from '../dialect.ts';
import { type Statement, toStatement } from '../statement.ts';
import { advanceVersions, checkKeys, insertFacts, updateFacts } from './apply-verdicts.ts';
import { checkCounts } from './check-counts.ts';
import { checkBooks, checkRunIsNew } from './check-run.ts';
import { decideRows } from './decide-rows.ts';
import { leaveOutCommitted } from './leave-out-committed.ts';
import { lockWriters } from './lock-writers.ts';
import { recordDecisions } from './record-decisions.ts';
import { recordFiles } from './record-files.ts';
import { recordRejects } from './record-rejects.ts';
import { recordRun } from './record-run.ts';
import type { RunToRecord } from './run-to-record.ts';

/**
 * The statements between BEGIN and COMMIT, in two parts. The stage tables are filled by then. Between the parts the counts
 * may be read (`selectCountMismatches`) for a message; a check that fails ends the transaction without that, too.
 */
export interface CommitPlan {
  /** The lock, and which files are left. */
  readonly prepare: readonly Statement[];
  /** Collapse, verdicts, facts, decisions, rejects, file entries, the run, the books. */
  readonly apply: readonly Statement[];
}

export function planCommit(run: RunToRecord, dialect: Dialect): CommitPlan {
  const { tuning } = DIALECTS[dialect];
  const tune = (phase: keyof typeof tuning) => tuning[phase].map((text) => toStatement(`tune-${phase}`, text));
  return {
    prepare: [lockWriters(), checkRunIsNew(run.runId, dialect), leaveOutCommitted(dialect)],
    apply: [
      ...tune('decide'),
      checkCounts(),
      decideRows(run.policy, dialect),
      ...tune('apply'),
      updateFacts(run, dialect),
      advanceVersions(run, dialect),
      insertFacts(run, dialect),
      ...checkKeys(dialect),
      ...tune('record'),
      ...recordDecisions(run, dialect),
      ...recordRejects(run, dialect),
      recordFiles(run, dialect),
      recordRun(run, dialect),
      checkBooks(run.runId, dialect),
    ],
  };
}
