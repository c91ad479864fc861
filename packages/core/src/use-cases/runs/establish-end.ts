import type { Job } from '../../ports/job-launcher.port.ts';
import type { Lease, RunEntry, RunProblem, RunState } from '../../ports/run-ledger.port.ts';
import { changeRun } from './change-run.ts';
import { rebuildReport } from './rebuild-report.ts';
import { isHeld } from './run-lease.ts';
import type { RunPorts, RunReference } from './run-ports.ts';
import { isEnded, markCommitted, markFailed, markStarted } from './run-states.ts';
import { START_LEASE } from './start-run.ts';

export type EndPorts = Pick<RunPorts, 'ledger' | 'launcher' | 'history' | 'clock'>;

export type RunEnd =
  /** `entry.state` is `committed` or `failed`. */
  | { readonly kind: 'ended'; readonly entry: RunEntry }
  | { readonly kind: 'under-way'; readonly entry: RunEntry }
  /** No job is known, or it was closed because it had no files. */
  | { readonly kind: 'not-started'; readonly entry: RunEntry }
  /** No such run: the job was started by hand, or is none of ours. */
  | { readonly kind: 'missing' };

const LONGEST_REASON = 2000;

/**
 * How a run ended, recorded in its entry. Where its job did not live to tell it, the warehouse is asked: what it has
 * is committed; where it has nothing, the run failed for the reason that the job's service gives.
 *
 * @throws PortError of the ledger, the launcher or the history
 */
export async function establishEnd(ports: EndPorts, reference: RunReference): Promise<RunEnd> {
  const runId = await findRunId(ports, reference);
  const entry = runId === undefined ? undefined : await ports.ledger.read(runId);
  if (entry === undefined) return { kind: 'missing' };
  if (isEnded(entry.state)) return { kind: 'ended', entry };
  if (entry.settledAt !== undefined) return { kind: 'not-started', entry };
  return entry.state.kind === 'planned' ? await findJob(ports, entry) : await askJob(ports, entry, entry.state);
}

async function findRunId({ launcher }: EndPorts, reference: RunReference): Promise<string | undefined> {
  return 'runId' in reference ? reference.runId : (await launcher.read(reference.jobRunId))?.runId;
}

/** The start of a job may have been lost before it was noted. */
async function findJob(ports: EndPorts, entry: RunEntry): Promise<RunEnd> {
  const job = await ports.launcher.find(entry.runId);
  if (job === undefined) return { kind: 'not-started', entry };
  await changeRun(ports.ledger, entry.runId, (found) => markStarted(found, job.jobRunId, ports.clock.now()));
  return await establishEnd(ports, { runId: entry.runId });
}

type Started = Extract<RunState, { kind: 'started' }>;

async function askJob(ports: EndPorts, entry: RunEntry, { jobRunId, startedAt }: Started): Promise<RunEnd> {
  const job = await ports.launcher.read(jobRunId);
  return isUnderWay(job, entry.lease, startedAt, ports.clock.now())
    ? { kind: 'under-way', entry }
    : await conclude(ports, entry, jobRunId, reasonOf(job));
}

/** A job that the service does not know may be too new for it, or be known to its lease only. */
function isUnderWay(job: Job | undefined, lease: Lease | undefined, startedAt: number, now: number): boolean {
  if (job !== undefined) return job.state.kind === 'waiting' || job.state.kind === 'running';
  return isHeld(lease, now) || now < startedAt + START_LEASE;
}

async function conclude(ports: EndPorts, { runId }: RunEntry, jobRunId: string, reason: string): Promise<RunEnd> {
  const record = await ports.history.run(runId);
  const change = await changeRun(ports.ledger, runId, (entry) => {
    if (record !== undefined && record.status !== 'failed') {
      return markCommitted(entry, rebuildReport(record, entry.files));
    }
    // Another job may have begun to work on it since.
    const isSame = entry.state.kind === 'started' && entry.state.jobRunId === jobRunId;
    return isSame ? markFailed(entry, toProblem(record?.error ?? reason)) : undefined;
  });
  if (change.kind === 'missing') return change;
  return { kind: isEnded(change.entry.state) ? 'ended' : 'under-way', entry: change.entry };
}

function reasonOf(job: Job | undefined): string {
  if (job === undefined) return 'The service that runs jobs no longer knows the job, and it recorded no end.';
  if (job.state.kind === 'failed') return job.state.reason;
  return 'The job ended well by its own account, but the warehouse has nothing of it.';
}

function toProblem(message: string): RunProblem {
  return {
    code: 'job.failed',
    message: message.slice(0, LONGEST_REASON),
    remedy: 'Look at the log of the job.',
  };
}
