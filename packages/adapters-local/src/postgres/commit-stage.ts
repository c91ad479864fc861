import type { CommittedRun, RunToCommit } from '@weir/core';
import { type ApplyOptions, applyRun, type FilledStage } from './apply-run.ts';
import { findCommit } from './find-commit.ts';
import { isConnectionLoss } from './postgres-error.ts';
import type { PostgresSessions } from './postgres-sessions.ts';

export interface CommitOptions extends ApplyOptions {
  readonly lookUpTimeout?: number | undefined;
}

const DOING = 'committing a run';

/** The transaction of a run: one session writes, and its COMMIT is the only one. */
export async function commitStage(
  stage: FilledStage,
  sessions: PostgresSessions,
  run: RunToCommit,
  options: CommitOptions,
): Promise<CommittedRun> {
  const { session } = stage;
  let committed: CommittedRun;
  try {
    committed = await applyRun(stage, run, options);
  } catch (error) {
    await session.execute('ROLLBACK').catch(() => undefined);
    throw sessions.translate(error, DOING);
  }
  const start = performance.now();
  try {
    await session.execute('COMMIT');
  } catch (error) {
    // The server said no, so it is known that nothing was committed. Otherwise the answer was lost: ask, never guess.
    if (!isConnectionLoss(error)) throw sessions.translate(error, DOING);
    return findCommit(sessions, run, options, error);
  }
  options.onStatement?.('commit', performance.now() - start, 0);
  return committed;
}
