import type { RunToCommit } from '@weir/core';
import {
  countPart,
  createTemporaryTable,
  decidePart,
  encodeStagedFiles,
  planCommit,
  STAGE_FILE_TABLE,
  selectPartBounds,
} from '@weir/warehouse-sql';
import type { ApplyOptions } from './apply-run.ts';
import { CopyInto } from './copy-into.ts';
import type { Session } from './postgres-sessions.ts';
import type { SharedStage } from './shared-stage.ts';

/** Rows are decided in so many parts: each part reads all of them, but the first change waits for a whole part. */
const PARTS = 8;

export interface PartsInWork {
  readonly parts: readonly { readonly verdicts: string; readonly counts: string; readonly isDecided: Promise<void> }[];
  /** Returns when the helper has nothing more to do; parts that it did not begin are left out. */
  stop(): Promise<void>;
}

/**
 * Lets the helper write the verdicts, part by part, while the writer changes facts by those that are there. All verdicts
 * are against the facts before the run: the helper does not see what the writer has not committed, and nobody else writes
 * while the writer holds the lock. So the lock must be held now, and until the last part is decided.
 */
export async function decideInParts(
  { helper, names }: SharedStage,
  run: RunToCommit,
  { onStatement }: Pick<ApplyOptions, 'onStatement'>,
): Promise<PartsInWork> {
  const plan = planCommit(run, 'postgres');
  // Who waits for the writer to rewrite the facts makes the helper wait, too, and the writer waits for the helper.
  await helper.execute("SET lock_timeout = '10s'");
  await stageFiles(helper, run);
  for (const statement of plan.prepare) if (statement.name === 'leave-out-committed') await helper.run(statement);
  await helper.execute(`ANALYZE ${names.rows} (file_no, transaction_id); ANALYZE ${STAGE_FILE_TABLE.name}`);
  const { rows } = await helper.run(selectPartBounds(names, PARTS));
  const bounds = rows.map(({ bound }) => bound!);
  const tune = plan.decide.filter(({ name }) => name === 'tune-decide');
  let isStopped = false;
  let last: Promise<void> = Promise.resolve();
  const parts = [undefined, ...bounds].map((from, i) => {
    const [verdicts, counts] = [names.verdicts(i + 1), names.counts(i + 1)];
    last = last.then(async () => {
      if (isStopped) return;
      const start = performance.now();
      await helper.execute('BEGIN');
      for (const { text } of tune) await helper.execute(text);
      const { count } = await helper.run(decidePart(run.policy, { table: verdicts, from, below: bounds[i] }));
      await helper.run(countPart(verdicts, counts));
      await helper.execute(`ANALYZE ${verdicts} (transaction_id, verdict, place)`);
      await helper.execute('COMMIT');
      onStatement?.('decide-rows', performance.now() - start, count);
    });
    // Who waits for the part is told; without anybody waiting it would end the process.
    last.catch(() => undefined);
    return { verdicts, counts, isDecided: last };
  });
  return {
    parts,
    stop: async () => {
      isStopped = true;
      await last.catch(() => undefined);
    },
  };
}

/** The helper has a list of the files of its own: it does not see the writer's, which the transaction changed. */
async function stageFiles(helper: Session, run: RunToCommit): Promise<void> {
  for (const text of createTemporaryTable(STAGE_FILE_TABLE, 'postgres')) await helper.execute(text);
  const copy = new CopyInto(helper, STAGE_FILE_TABLE);
  for (const line of encodeStagedFiles(run.files)) await copy.write(line);
  await copy.end();
}
