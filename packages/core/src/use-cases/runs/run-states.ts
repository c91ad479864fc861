import type { IngestReport } from '../../ports/ingest-report.ts';
import type { RunEntry, RunFields, RunProblem, RunState } from '../../ports/run-ledger.port.ts';
import { changeFields } from './run-fields.ts';
import { endLease, grantLease, isHeld } from './run-lease.ts';

/**
 * The life of a run: `planned`, `started`, then `committed` or `failed`; its notice and its files each have their mark; with
 * both marks it is closed. Every function gives the entry after the step, or undefined where the step is not to be made: it
 * was made before, or somebody else has the right to make it.
 */

/** Whether nothing is left to do for it, whether or not the ledger put it among the closed ones yet. */
export function isClosed({ notifiedAt, settledAt }: RunFields): boolean {
  return notifiedAt !== undefined && settledAt !== undefined;
}

/** Whether it is known how its work ended. */
export function isEnded(state: RunState): state is Extract<RunState, { kind: 'committed' | 'failed' }> {
  return state.kind === 'committed' || state.kind === 'failed';
}

/** Closes a run that won none of its files: no job, no notice. */
export function markVoid(entry: RunEntry, now: number): RunFields | undefined {
  if (entry.state.kind !== 'planned') return undefined;
  return changeFields(entry, { files: [], lease: endLease(entry.lease), notifiedAt: now, settledAt: now });
}

/** Notes the job that was started for a planned run, and gives back the lease of whoever started it. */
export function markStarted(entry: RunEntry, jobRunId: string, now: number): RunFields | undefined {
  if (entry.state.kind !== 'planned') return undefined;
  return changeFields(entry, { state: { kind: 'started', jobRunId, startedAt: now }, lease: endLease(entry.lease) });
}

/**
 * The step of a job that begins to work: it takes the lease. From whoever still holds it in order to start the job it takes it
 * over, since the job lives.
 *
 * @param now,duration milliseconds; the job renews the lease well before `duration` is over
 * @returns undefined where another job works on the run, or the run has ended: there is nothing to do
 */
export function beginWork(entry: RunEntry, jobRunId: string, now: number, duration: number): RunFields | undefined {
  const { state, lease } = entry;
  if (isEnded(state) || isClosed(entry)) return undefined;
  if (isHeld(lease, now) && isJobOwner(lease.owner) && lease.owner !== jobOwner(jobRunId)) return undefined;
  const startedAt = state.kind === 'started' ? state.startedAt : now;
  return {
    ...grantLease(entry, jobOwner(jobRunId), now, duration),
    state: { kind: 'started', jobRunId, startedAt },
  };
}

/**
 * Notes what the warehouse committed. The warehouse is right whoever brings the news: it is taken from a job that lost its
 * lease too, and also where the run counted as failed; then its notice is due again.
 */
export function markCommitted(entry: RunEntry, report: IngestReport): RunFields | undefined {
  const { state, lease } = entry;
  if (state.kind === 'committed' || isClosed(entry)) return undefined;
  return changeFields(entry, {
    state: { kind: 'committed', jobRunId: jobOf(state), report },
    lease: endLease(lease),
    notifiedAt: undefined,
  });
}

/**
 * Notes that the work failed and left nothing in the warehouse.
 *
 * @param token that of a job which tells its own failure; such a one that lost its lease has nothing to say
 */
export function markFailed(entry: RunEntry, problem: RunProblem, token?: number): RunFields | undefined {
  const { state, lease } = entry;
  if (isEnded(state) || isClosed(entry)) return undefined;
  if (token !== undefined && lease?.token !== token) return undefined;
  return changeFields(entry, {
    state: { kind: 'failed', jobRunId: jobOf(state), problem },
    lease: endLease(lease),
  });
}

/** Notes that the notice of an ended run was sent. */
export function markNotified(entry: RunEntry, now: number): RunFields | undefined {
  if (!isEnded(entry.state) || entry.notifiedAt !== undefined) return undefined;
  return changeFields(entry, { notifiedAt: now, lease: endLease(entry.lease) });
}

/** Notes that the files of an ended run are taken care of. */
export function markSettled(entry: RunEntry, now: number): RunFields | undefined {
  if (!isEnded(entry.state) || entry.settledAt !== undefined) return undefined;
  return changeFields(entry, { settledAt: now });
}

function jobOf(state: RunState): string | undefined {
  return state.kind === 'planned' ? undefined : state.jobRunId;
}

function jobOwner(jobRunId: string): string {
  return `job ${jobRunId}`;
}

function isJobOwner(owner: string): boolean {
  return owner.startsWith('job ');
}
