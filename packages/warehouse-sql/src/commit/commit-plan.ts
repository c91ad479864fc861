import { DIALECTS, type Dialect } from '../dialect.ts';
import { type Statement, toStatement } from '../statement.ts';
import { analyzed } from './analyzed.ts';
import { changeFacts, checkKeys } from './apply-verdicts.ts';
import { checkCounts } from './check-counts.ts';
import { checkBooks, checkRunIsNew } from './check-run.ts';
import { leaveOutCommitted } from './leave-out-committed.ts';
import { lockWriters } from './lock-writers.ts';
import { planDecision } from './plan-decision.ts';
import { recordDecisions } from './record-decisions.ts';
import { recordFiles } from './record-files.ts';
import { recordRejects } from './record-rejects.ts';
import { recordRun } from './record-run.ts';
import type { RunToRecord } from './run-to-record.ts';
import { settleRejects } from './settle-rejects.ts';

/**
 * The statements between BEGIN and COMMIT, in the order of their parts. The stage tables are filled by then. After the
 * first part the counts may be read (`selectCountMismatches`) for a message; a check that fails ends the transaction
 * without that, too.
 */
export interface CommitPlan {
  /** The lock, and which files are left. */
  readonly prepare: readonly Statement[];
  /** Checks the counts, collapses, and writes the verdicts. */
  readonly decide: readonly Statement[];
  /** Facts, as the verdicts in `stage_verdict` say. Other verdicts may be put there and the part be run again. */
  readonly change: readonly Statement[];
  /** Decisions, rejects, file entries, the run, the books. Here `stage_verdict` and `stage_count` hold all. */
  readonly record: readonly Statement[];
}

/**
 * @param settles whether rejects are replayed
 * @param decisions what keeps the decisions
 */
export function planCommit(
  run: RunToRecord,
  dialect: Dialect,
  settles = false,
  decisions: readonly Statement[] = recordDecisions(run, dialect),
): CommitPlan {
  const { tuning } = DIALECTS[dialect];
  const tune = (phase: 'change' | 'record') => tuning[phase].map((text) => toStatement(`tune-${phase}`, text));
  return {
    prepare: [lockWriters(), checkRunIsNew(run.runId, dialect), leaveOutCommitted(dialect)],
    decide: planDecision(run.policy, dialect, checkCounts()),
    change: [...tune('change'), ...changeFacts(run, dialect)],
    record: [
      ...checkKeys(dialect),
      ...tune('record'),
      ...analyzed('stage_reject', ['file_no', 'source_line'], dialect),
      ...decisions,
      ...(settles ? settleRejects(run, dialect) : []),
      ...recordRejects(run, dialect),
      recordFiles(run, dialect),
      recordRun(run, dialect),
      checkBooks(run.runId, dialect),
    ],
  };
}
