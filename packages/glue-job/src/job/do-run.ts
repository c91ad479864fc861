import {
  type Clock,
  type IngestEvent,
  type IngestReport,
  ingestRun,
  isPortError,
  PortError,
  type RunEntry,
  type RunHistory,
  type RunLedger,
  type RunProblem,
  type Transformer,
  type Warehouse,
} from '@weir/core';
import { beginWork, changeRun, markCommitted, markFailed, rebuildReport } from '@weir/core/runs';
import { keepLease } from './keep-lease.ts';

export interface RunWork {
  readonly transformer: Transformer;
  readonly warehouse: Pick<Warehouse, 'committedHashes' | 'recordFailedRun'>;
}

export interface DoRunOptions {
  readonly ledger: RunLedger;
  readonly history: Pick<RunHistory, 'run'>;
  readonly clock: Clock;
  readonly runId: string;
  readonly jobRunId: string;
  /** What the run is done with, for the holder of this fencing token. */
  readonly createWork: (token: number) => RunWork;
  /** Milliseconds. */
  readonly leaseDuration?: number | undefined;
  readonly onEvent?: ((event: IngestEvent) => void) | undefined;
}

export type RunOutcome =
  | { readonly kind: 'committed'; readonly report: IngestReport }
  /** It has ended, or another job works on it. */
  | { readonly kind: 'idle' };

const LEASE_DURATION = 5 * 60_000;

/**
 * Does one run of the ledger: takes its lease, ingests exactly the files of its entry, and notes in the entry what was
 * committed or why it failed. Whether a commit whose answer was lost took effect is left to a sweep, which looks it up.
 *
 * @throws what the run failed with; PortError `job.run-missing`
 */
export async function doRun(options: DoRunOptions): Promise<RunOutcome> {
  const { ledger, clock, runId, jobRunId, leaseDuration = LEASE_DURATION } = options;
  const begun = await changeRun(ledger, runId, (entry) => beginWork(entry, jobRunId, clock.now(), leaseDuration));
  if (begun.kind === 'missing') throw toMissing(runId, ledger);
  if (begun.kind === 'unchanged') return { kind: 'idle' };
  const { entry } = begun;
  const kept = keepLease(entry.lease!, { ledger, clock, runId, duration: leaseDuration });
  try {
    const report = (await findCommitted(entry, options)) ?? (await ingestOrFind(entry, kept.signal, options));
    // From here on the warehouse has it: where this cannot be noted, a sweep finds it there.
    await changeRun(ledger, runId, (current) => markCommitted(current, report));
    return { kind: 'committed', report };
  } finally {
    kept.stop();
  }
}

/** What another job committed of this run and did not live to tell, or not yet. */
async function findCommitted({ files }: RunEntry, { history, runId }: DoRunOptions): Promise<IngestReport | undefined> {
  const record = await history.run(runId);
  return record === undefined || record.status === 'failed' ? undefined : rebuildReport(record, files);
}

/** A job that lost its lease may commit the run while this one works, which then finds that there is nothing to do. */
async function ingestOrFind(entry: RunEntry, signal: AbortSignal, options: DoRunOptions): Promise<IngestReport> {
  const report = await ingest(entry, signal, options);
  const hasCommitted = report.files.some(({ status }) => status !== 'already-loaded' && status !== 'failed');
  return hasCommitted ? report : ((await findCommitted(entry, options)) ?? report);
}

async function ingest(entry: RunEntry, signal: AbortSignal, options: DoRunOptions): Promise<IngestReport> {
  const { ledger, clock, createWork, onEvent } = options;
  const { runId, policy, files, lease } = entry;
  const { token } = lease!;
  const landing = {
    location: 'the plan of this run',
    async *list() {
      yield files;
    },
  };
  try {
    // Files are taken away later, when the report says what became of them.
    return await ingestRun({ ...createWork(token), landing, clock }, { runId, policy, signal, onEvent });
  } catch (error) {
    if (!isUndecided(error)) {
      const problem = toProblem(error);
      // What cannot be noted any more must not hide why the run failed.
      await changeRun(ledger, runId, (current) => markFailed(current, problem, token)).catch(() => undefined);
    }
    throw error;
  }
}

/** Only the warehouse knows whether the run is in it. */
function isUndecided(error: unknown): boolean {
  return isPortError(error) && (error.code === 'warehouse.commit-unknown' || error.code === 'warehouse.run-exists');
}

function toProblem(error: unknown): RunProblem {
  if (isPortError(error)) return { code: error.code, message: error.message, remedy: error.remedy };
  return { code: 'job.failed', message: error instanceof Error ? error.message : String(error), remedy: undefined };
}

function toMissing(runId: string, ledger: RunLedger): PortError {
  return new PortError({
    code: 'job.run-missing',
    message: `There is no run ${runId} in ${ledger.location}.`,
    remedy:
      'Start jobs by putting files into the landing place, or by replaying; a run is planned before its job starts.',
    context: { runId },
  });
}
