import { type CommittedRun, PortError, type RunToCommit } from '@weir/core';
import {
  formatTimestamp,
  hasReplays,
  lockWriters,
  planCommit,
  requireCounts,
  type Statement,
  selectCountMismatches,
  selectFilesOfRun,
  selectRun,
  type TextRow,
  toCommittedRun,
} from '@weir/warehouse-sql';
import { DataApiFault } from './data-api-fault.ts';
import type { DataApiSession } from './data-api-session.ts';
import { explainLoadError } from './explain-load-error.ts';
import { failedCheck } from './redshift-error.ts';

export interface CommitWork {
  readonly run: RunToCommit;
  /** Creates and fills the stage tables, once the lock is held. */
  readonly fill: readonly Statement[];
  /** Other for every stage; what is tried again under it finds the same statements. */
  readonly token: string;
}

const DOING = 'committing a run';

/**
 * One transaction: the lock, the stage, the plan of the commit. A failure is believed only after the ledger in the warehouse
 * was asked: a statement that was committed and then reported an error is a success.
 *
 * @throws PortError as `Stage.commit`
 */
export async function commitRun(session: DataApiSession, work: CommitWork): Promise<CommittedRun> {
  const { run, fill, token } = work;
  const { prepare, decide, change, record } = planCommit(run, 'redshift', hasReplays(run));
  const [lock, ...afterLock] = prepare;
  const statements = [lock!, ...fill, ...afterLock, ...decide, ...change, ...record];
  const entries = await session.use(DOING, () =>
    session.retry(async (attempt) => {
      try {
        await session.attempt(statements, `${token}#${attempt}`);
      } catch (error) {
        if (!(error instanceof DataApiFault)) throw error;
        const committed = await resolveFault(session, work, error);
        if (committed !== undefined) return committed;
        throw error;
      }
      return await readEntries(session, run);
    }),
  );
  return toCommittedRun(run, entries);
}

/** The file entries where the run was committed all the same; undefined where it is certain that nothing was. */
async function resolveFault(
  session: DataApiSession,
  work: CommitWork,
  fault: DataApiFault,
): Promise<readonly TextRow[] | undefined> {
  if (fault.phase === 'refused') return undefined;
  const check = failedCheck(fault);
  if (check === 'run_is_new') return undefined;
  const entries = await findCommitted(session, work.run, fault);
  if (entries !== undefined) return entries;
  // It was taken, and may run yet.
  if (fault.phase === 'unanswered') throw commitUnknown(session, work.run, fault);
  if (check === 'counts_match') await tellMismatch(session, work);
  await explainLoadError(session, fault);
  return undefined;
}

async function findCommitted(
  session: DataApiSession,
  run: RunToCommit,
  cause: DataApiFault,
): Promise<readonly TextRow[] | undefined> {
  try {
    const { rows } = await session.transact(
      // The lost transaction may still be at work: it holds the lock, so that its end is known once we have it.
      [lockWriters(), selectRun(run.runId, 'redshift'), selectFilesOfRun(run.runId, 'redshift')],
      'looking for the outcome of a commit',
    );
    const [entry] = await rows('select-run');
    return isEntryOf(run, entry) ? await rows('select-files-of-run') : undefined;
  } catch {
    throw commitUnknown(session, run, cause);
  }
}

/** A run that another process committed under the same id began and ended at other times. */
function isEntryOf({ startedAt, committedAt }: RunToCommit, entry: TextRow | undefined): boolean {
  if (entry === undefined || entry.status === 'failed') return false;
  return entry.started_at === formatTimestamp(startedAt) && entry.finished_at === formatTimestamp(committedAt);
}

/** It is committed; only what it did is still to be read. */
async function readEntries(session: DataApiSession, run: RunToCommit): Promise<readonly TextRow[]> {
  try {
    return await session.query(selectFilesOfRun(run.runId, 'redshift'), 'reading what was committed');
  } catch (error) {
    throw commitUnknown(session, run, error);
  }
}

/** Loads the stage once more, to say which file it is; the tables of the failed transaction are gone. */
async function tellMismatch(session: DataApiSession, { run, fill }: CommitWork): Promise<void> {
  const { prepare } = planCommit(run, 'redshift');
  const leaveOut = prepare.filter(({ name }) => name === 'leave-out-committed');
  const statements = [lockWriters(), ...fill, ...leaveOut, selectCountMismatches()];
  const { rows } = await session.transact(statements, 'comparing counts');
  requireCounts(await rows('select-count-mismatches'));
}

function commitUnknown(session: DataApiSession, { runId }: RunToCommit, cause: unknown): PortError {
  return new PortError({
    code: 'warehouse.commit-unknown',
    message: `The outcome of the commit of run ${runId} is not known: Redshift at ${session.location} cannot be asked.`,
    remedy: 'Run again when it answers: files that were committed are recognised and left out.',
    retryable: true,
    context: { location: session.location, runId },
    cause,
  });
}
