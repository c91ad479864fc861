import type { CommittedRun, RunToCommit } from '@weir/core';
import {
  hasReplays,
  lockAddresses,
  planCommit,
  requireCounts,
  type Statement,
  selectCountMismatches,
  selectFilesOfRun,
  showAs,
  takeDecisions,
  toCommittedRun,
} from '@weir/warehouse-sql';
import { changeFacts } from './change-facts.ts';
import { decideInParts, type PartsInWork } from './decide-in-parts.ts';
import type { Session } from './postgres-sessions.ts';
import type { SharedStage } from './shared-stage.ts';
import { type StatementTimes, timed } from './statement-times.ts';
import { beginWriting, type WriterOptions } from './write-transaction.ts';

/** The session on which rejects and files are staged, and rows, unless there is a shared stage for them. */
export interface FilledStage {
  readonly session: Session;
  readonly shared: SharedStage | undefined;
}

export type ApplyOptions = WriterOptions & StatementTimes;

/** All of a run between BEGIN and COMMIT. What a helper does for it, it does outside of the transaction. */
export async function applyRun(stage: FilledStage, run: RunToCommit, options: ApplyOptions): Promise<CommittedRun> {
  const { session, shared } = stage;
  const decisions = shared === undefined ? undefined : takeDecisions(run.policy, shared.names.decisions);
  const plan = planCommit(run, 'postgres', hasReplays(run), decisions);
  const runOne = (statement: Statement) =>
    timed(statement.name, options, async () => (await session.run(statement)).count);
  const runAll = async (statements: readonly Statement[]) => {
    for (const statement of statements) await runOne(statement);
  };
  const change = () => changeFacts(session, plan.change, runOne);
  await timed('lock-writers', options, () => beginWriting(session, options).then(() => 0));
  await runAll(plan.prepare.filter(({ name }) => name !== 'lock-writers'));
  const help = shared === undefined ? undefined : await askForHelp(session, shared, run, options);
  try {
    requireCounts((await session.run(selectCountMismatches())).rows);
    if (help === undefined) {
      // The counts were compared above, with the numbers for a message.
      await runAll(plan.decide.filter(({ name }) => name !== 'check-counts'));
      await change();
    } else {
      await changeInParts(session, help, options, change);
      await timed('wait-for-decisions', options, () => help.hasDecisions.then(() => 0));
    }
  } finally {
    await help?.stop();
  }
  await runAll(plan.record);
  const { rows } = await session.run(selectFilesOfRun(run.runId, 'postgres'));
  return toCommittedRun(run, rows);
}

/** Where one session decides and changes, the first locks addresses for the second; here another session decides. */
async function askForHelp(
  session: Session,
  shared: SharedStage,
  run: RunToCommit,
  options: ApplyOptions,
): Promise<PartsInWork> {
  await session.run(lockAddresses());
  return decideInParts(shared, run, options);
}

async function changeInParts(
  session: Session,
  { parts }: PartsInWork,
  options: ApplyOptions,
  change: () => Promise<void>,
): Promise<void> {
  for (const part of parts) {
    await timed('wait-for-verdicts', options, () => part.isDecided.then(() => 0));
    await showParts(session, [part]);
    await change();
  }
  await showParts(session, parts);
}

async function showParts(session: Session, parts: PartsInWork['parts']): Promise<void> {
  await session.run(
    showAs(
      'stage_verdict',
      parts.map(({ verdicts }) => verdicts),
    ),
  );
  await session.run(
    showAs(
      'stage_count',
      parts.map(({ counts }) => counts),
    ),
  );
}
