import type { Job, JobStart } from '../../ports/job-launcher.port.ts';
import { isPortError } from '../../ports/port-error.ts';
import type { RunEntry } from '../../ports/run-ledger.port.ts';
import { changeRun, closeIfDone } from './change-run.ts';
import { changeFields } from './run-fields.ts';
import { dropLease, takeLease } from './run-lease.ts';
import type { RunPorts } from './run-ports.ts';
import { markStarted, markVoid } from './run-states.ts';

/** For how long one caller has the right to start a run. Milliseconds; longer than a service takes to list a new job. */
export const START_LEASE = 2 * 60_000;

export type StartPorts = Pick<RunPorts, 'ledger' | 'launcher' | 'clock'>;

export interface StartOptions {
  /** Names this call in the ledger. */
  readonly owner: string;
}

export type RunStart =
  | { readonly kind: 'started'; readonly runId: string; readonly jobRunId: string }
  /** It stays planned: start it when a job has ended. */
  | { readonly kind: 'busy'; readonly runId: string }
  /** Somebody else is starting it, or it is not known yet whether its job was started: look again after `START_LEASE`. */
  | { readonly kind: 'being-started'; readonly runId: string }
  /** It is past that already. */
  | { readonly kind: 'known'; readonly runId: string }
  /** Other runs hold all of its files: it was closed, without a job and a notice. */
  | { readonly kind: 'void'; readonly runId: string }
  | { readonly kind: 'missing'; readonly runId: string };

/**
 * Claims the files of a planned run, leaves out those that other runs hold, and starts its job, once however often and by
 * however many this is called. Whether a call that was not answered started the job is looked up, never guessed.
 *
 * @throws PortError of the ledger or the launcher; the run is then planned still, or its job is found by a later call
 */
export async function startRun(ports: StartPorts, runId: string, options: StartOptions): Promise<RunStart> {
  const { ledger, clock } = ports;
  const taken = await changeRun(ledger, runId, (entry) =>
    entry.state.kind === 'planned' ? takeLease(entry, `start ${options.owner}`, clock.now(), START_LEASE) : undefined,
  );
  if (taken.kind === 'missing') return { kind: 'missing', runId };
  if (taken.kind === 'unchanged') {
    await closeIfDone(ledger, taken.entry);
    return { kind: isWaiting(taken.entry) ? 'being-started' : 'known', runId };
  }
  const token = taken.entry.lease!.token;
  const reduced = await keepOwnFiles(ports, taken.entry, token);
  if (reduced.kind !== 'ready') return { kind: reduced.kind, runId };

  const start = await launch(ports, runId, token);
  if (start?.kind === 'started') {
    await changeRun(ledger, runId, (entry) => markStarted(entry, start.jobRunId, clock.now()));
    return { kind: 'started', runId, jobRunId: start.jobRunId };
  }
  if (start === undefined) return { kind: 'being-started', runId };
  await giveBack(ports, runId, token);
  return { kind: 'busy', runId };
}

function isWaiting({ state, settledAt }: RunEntry): boolean {
  return state.kind === 'planned' && settledAt === undefined;
}

/** Reduces an entry to the files that it could claim. Whoever lost the lease meanwhile stops here. */
async function keepOwnFiles(
  { ledger, clock }: StartPorts,
  { runId, files }: RunEntry,
  token: number,
): Promise<{ readonly kind: 'ready' | 'void' | 'being-started' }> {
  const claims = await ledger.claim(runId, files);
  const own = files.filter((_, i) => claims[i]!.runId === runId);
  if (own.length === files.length && own.length > 0) return { kind: 'ready' };
  const change = await changeRun(ledger, runId, (entry) => {
    if (entry.lease?.token !== token) return undefined;
    return own.length === 0 ? markVoid(entry, clock.now()) : changeFields(entry, { files: own });
  });
  if (change.kind !== 'changed') return { kind: 'being-started' };
  await closeIfDone(ledger, change.entry);
  return { kind: own.length === 0 ? 'void' : 'ready' };
}

/** Starts the job unless there is one; undefined where it is not known yet whether one was started. */
async function launch(ports: StartPorts, runId: string, token: number): Promise<JobStart | undefined> {
  const known = await ports.launcher.find(runId);
  if (known !== undefined) return asStart(known);
  try {
    return await ports.launcher.start(runId);
  } catch (error) {
    if (!isPortError(error)) throw error;
    const found = await ports.launcher.find(runId);
    if (found !== undefined) return asStart(found);
    // The lease stays until the service would list a job that was started after all.
    if (error.code === 'job.start-unknown') return undefined;
    await giveBack(ports, runId, token);
    throw error;
  }
}

function asStart({ jobRunId }: Job): JobStart {
  return { kind: 'started', jobRunId };
}

async function giveBack({ ledger }: StartPorts, runId: string, token: number): Promise<void> {
  await changeRun(ledger, runId, (entry) => dropLease(entry, token));
}
