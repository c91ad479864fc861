import { setTimeout as sleep } from 'node:timers/promises';
import { type CommittedRun, PortError, type RunToCommit } from '@weir/core';
import { selectFilesOfRun, selectRun, type TextRow, toCommittedRun } from '@weir/warehouse-sql';
import type { PostgresSessions } from './postgres-sessions.ts';
import { askAsWriter, type WriterOptions } from './write-transaction.ts';

const MILLISECONDS_BETWEEN_TRIES = 500;

/**
 * The outcome of a commit whose answer was lost.
 *
 * @throws PortError `warehouse.unreachable` where it is certain that nothing was committed, `warehouse.commit-unknown`
 * where the server cannot be asked
 */
export async function findCommit(
  sessions: PostgresSessions,
  run: RunToCommit,
  options: WriterOptions & { readonly lookUpTimeout?: number | undefined },
  cause: unknown,
): Promise<CommittedRun> {
  const entries = await askUntil(performance.now() + (options.lookUpTimeout ?? 30_000), sessions, run, options);
  if (entries !== undefined) return toCommittedRun(run, entries);
  throw new PortError({
    code: 'warehouse.unreachable',
    message: `The connection to Postgres at ${sessions.location} was lost before the commit; nothing of run ${run.runId} was committed.`,
    remedy: 'Run again.',
    retryable: true,
    context: { location: sessions.location, runId: run.runId, reason: 'connection-lost' },
    cause,
  });
}

async function askUntil(
  deadline: number,
  sessions: PostgresSessions,
  run: RunToCommit,
  options: WriterOptions,
): Promise<readonly TextRow[] | undefined> {
  for (;;) {
    try {
      return await ask(sessions, run.runId, options);
    } catch (cause) {
      if (performance.now() > deadline) throw commitUnknown(sessions, run, cause);
      await sleep(MILLISECONDS_BETWEEN_TRIES);
    }
  }
}

/** The file entries of the run; undefined where it was not committed. */
async function ask(
  sessions: PostgresSessions,
  runId: string,
  options: WriterOptions,
): Promise<readonly TextRow[] | undefined> {
  const questions = [selectRun(runId, 'postgres'), selectFilesOfRun(runId, 'postgres')];
  const [runs, files] = await askAsWriter(sessions, 'looking for the outcome of a commit', questions, options);
  return runs!.some(({ status }) => status !== 'failed') ? files : undefined;
}

function commitUnknown(sessions: PostgresSessions, run: RunToCommit, cause: unknown): PortError {
  return new PortError({
    code: 'warehouse.commit-unknown',
    message: `The answer to the commit of run ${run.runId} was lost, and Postgres at ${sessions.location} cannot be asked.`,
    remedy: 'Run again when the server is back: files that were committed are recognised and left out.',
    retryable: true,
    context: { location: sessions.location, runId: run.runId },
    cause,
  });
}
