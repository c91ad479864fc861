import { type CommittedRun, PortError, type RunToCommit } from '@weir/core';
import {
  planCommit,
  requireCounts,
  type Statement,
  selectCountMismatches,
  selectFilesOfRun,
  toCommittedRun,
} from '@weir/warehouse-sql';
import { findCommit } from './find-commit.ts';
import { isConnectionLoss } from './postgres-error.ts';
import type { PostgresSessions, Session } from './postgres-sessions.ts';
import { beginWriting, type WriterOptions } from './write-transaction.ts';

export interface CommitOptions extends WriterOptions {
  readonly lookUpTimeout?: number | undefined;
  readonly onStatement?: ((name: string, milliseconds: number, rows: number) => void) | undefined;
}

const DOING = 'committing a run';

/** The transaction of a run whose rows, rejects and files are staged on the session. */
export async function commitStage(
  session: Session,
  sessions: PostgresSessions,
  run: RunToCommit,
  options: CommitOptions,
): Promise<CommittedRun> {
  let committed: CommittedRun;
  try {
    committed = await applyRun(session, run, options);
  } catch (error) {
    await session.execute('ROLLBACK').catch(() => undefined);
    throw sessions.translate(error, DOING);
  }
  try {
    await timed('commit', options, async () => {
      await session.execute('COMMIT');
      return 0;
    });
    return committed;
  } catch (error) {
    // The server said no, so it is known that nothing was committed. Otherwise the answer was lost: ask, never guess.
    if (!isConnectionLoss(error)) throw sessions.translate(error, DOING);
    return findCommit(sessions, run, options, error);
  }
}

async function applyRun(session: Session, run: RunToCommit, options: CommitOptions): Promise<CommittedRun> {
  const plan = planCommit(run, 'postgres');
  const counts = new Map<string, number>();
  const runAll = async (statements: readonly Statement[]) => {
    for (const statement of statements) {
      const count = await timed(statement.name, options, async () => (await session.run(statement)).count);
      counts.set(statement.name, count);
    }
  };
  await timed('lock-writers', options, async () => {
    await beginWriting(session, options);
    return 0;
  });
  await runAll(plan.prepare.filter(({ name }) => name !== 'lock-writers'));
  requireCounts((await session.run(selectCountMismatches())).rows);
  await runAll(plan.apply);
  const { rows } = await session.run(selectFilesOfRun(run.runId, 'postgres'));
  const committed = toCommittedRun(run, rows);
  requireEffect(committed, counts);
  return committed;
}

async function timed(name: string, options: CommitOptions, work: () => Promise<number>): Promise<number> {
  const start = performance.now();
  const count = await work();
  options.onStatement?.(name, performance.now() - start, count);
  return count;
}

/** The facts must have changed in as many rows as the books say: a trigger or a rule may have got in between. */
function requireEffect({ files }: CommittedRun, counts: ReadonlyMap<string, number>): void {
  for (const [statement, verdict] of [
    ['insert-facts', 'inserted'],
    ['update-facts', 'updated'],
  ] as const) {
    const booked = files.reduce((sum, { books }) => sum + books[verdict], 0);
    const changed = counts.get(statement) ?? 0;
    if (booked === changed) continue;
    throw new PortError({
      code: 'warehouse.books-open',
      message: `The books say ${booked} rows ${verdict}, but ${changed} facts were; nothing was committed.`,
      remedy: 'Look for triggers and rules on fact_transactions.',
      context: { verdict, booked, changed },
    });
  }
}
