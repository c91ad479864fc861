import type { RunToCommit } from '@weir/core';
import {
  countPart,
  createTemporaryTable,
  decidePart,
  encodeStagedFiles,
  planCommit,
  prepareDecisions,
  STAGE_FILE_TABLE,
  selectPartBounds,
  showAs,
} from '@weir/warehouse-sql';
import { copyAll } from './copy-into.ts';
import type { Session } from './postgres-sessions.ts';
import type { SharedStage } from './shared-stage.ts';
import { type StatementTimes, timed } from './statement-times.ts';

export interface PartsInWork {
  readonly parts: readonly { readonly verdicts: string; readonly counts: string; readonly isDecided: Promise<void> }[];
  /** Told when the table of decisions is there, if the policy wants any. */
  readonly hasDecisions: Promise<void>;
  /** Returns when the helper has nothing more to do; parts that it did not begin are left out. */
  stop(): Promise<void>;
}

/**
 * Lets the helper write the verdicts, part by part, while the writer changes facts by those that are there; then the
 * decisions, which the writer takes over when all facts are changed. All verdicts are against the facts before the run: the
 * helper does not see what the writer has not committed, and nobody else writes while the writer holds the lock. So the lock
 * must be held now, and until the last part is decided.
 */
export async function decideInParts(
  { helper, names }: SharedStage,
  run: RunToCommit,
  times: StatementTimes,
): Promise<PartsInWork> {
  const plan = planCommit(run, 'postgres');
  // Who waits for the writer to rewrite the facts makes the helper wait, too, and the writer waits for the helper.
  await helper.execute("SET lock_timeout = '10s'");
  // Each statement is a transaction, so that the writer sees what is done; the settings last for the session.
  const tune = async (phase: 'decide' | 'record') => {
    for (const { name, text } of plan[phase])
      if (name === `tune-${phase}`) await helper.execute(text.replace('SET LOCAL', 'SET'));
  };
  await tune('decide');
  // The writer needs the other processor.
  await helper.execute('SET max_parallel_workers_per_gather = 0');
  await stageFiles(helper, run);
  for (const statement of plan.prepare) if (statement.name === 'leave-out-committed') await helper.run(statement);
  await helper.execute(`ANALYZE ${names.rows} (file_no, transaction_id); ANALYZE ${STAGE_FILE_TABLE.name}`);
  const { rows } = await helper.run(selectPartBounds(names));
  const bounds = rows.map(({ bound }) => bound!);
  let isStopped = false;
  let last: Promise<void> = Promise.resolve();
  const parts = [undefined, ...bounds].map((from, i) => {
    const [verdicts, counts] = [names.verdicts(i + 1), names.counts(i + 1)];
    const part = { table: verdicts, from, below: bounds[i] };
    last = last.then(async () => {
      if (isStopped) return;
      await timed('decide-rows', times, async () => (await helper.run(decidePart(run.policy, part))).count);
      await helper.run(countPart(verdicts, counts));
      await helper.execute(`ANALYZE ${verdicts} (transaction_id, verdict, place)`);
    });
    // Who waits for the part is told; without anybody waiting it would end the process.
    last.catch(() => undefined);
    return { verdicts, counts, isDecided: last };
  });
  last = last.then(async () => {
    if (isStopped || run.policy.decisions === 'none') return;
    await tune('record');
    const all = parts.map(({ verdicts }) => verdicts);
    await helper.run(showAs('stage_verdict', all));
    const prepare = prepareDecisions(run, names.decisions);
    await timed(prepare.name, times, async () => (await helper.run(prepare)).count);
  });
  last.catch(() => undefined);
  return {
    parts,
    hasDecisions: last,
    stop: async () => {
      isStopped = true;
      await last.catch(() => undefined);
    },
  };
}

/** The helper has a list of the files of its own: it does not see the writer's, which the transaction changed. */
async function stageFiles(helper: Session, run: RunToCommit): Promise<void> {
  await helper.run(createTemporaryTable(STAGE_FILE_TABLE, 'postgres'));
  await copyAll(helper, STAGE_FILE_TABLE, encodeStagedFiles(run.files));
}
