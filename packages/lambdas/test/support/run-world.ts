import { type FileReport, type LandedFile, parsePolicy, type RunEntry } from '@weir/core';
import { changeRun, markCommitted, markFailed, type NoticeContext, type RunPorts } from '@weir/core/runs';
import {
  digestContent,
  InMemoryFileStore,
  InMemoryJobLauncher,
  InMemoryLandingZone,
  InMemoryNotifier,
  InMemoryRunLedger,
  InMemoryWarehouse,
  ManualClock,
} from '@weir/core/testing';
import { RecordedTelemetry } from './recorded-telemetry.ts';

export const POLICY = parsePolicy({});
export const JOB_NAME = 'weir-ingest';
export const NOTICE: NoticeContext = {
  landing: 'memory:landing',
  archive: 'memory:archive',
  quarantine: 'memory:quarantine',
  reportOf: (runId) => `memory:ledger/${runId}`,
  lookCloser: (runId) => `look at ${runId}`,
  replay: (key, from) => `replay ${key} from ${from}`,
};

/** Everything that runs are driven with, in memory; its jobs do nothing until a test ends them. */
export class RunWorld {
  readonly landing = new InMemoryLandingZone('memory:landing', { keepsVersions: true });
  readonly archive = new InMemoryFileStore(this.landing, 'memory:archive');
  readonly quarantine = new InMemoryFileStore(this.landing, 'memory:quarantine');
  readonly ledger = new InMemoryRunLedger();
  readonly history = new InMemoryWarehouse();
  readonly notifier = new InMemoryNotifier();
  readonly clock = new ManualClock();
  readonly launcher: InMemoryJobLauncher;
  readonly telemetry = new RecordedTelemetry();

  constructor(mostJobsAtOnce?: number) {
    this.launcher = new InMemoryJobLauncher(mostJobsAtOnce);
  }

  get ports(): RunPorts & { readonly history: InMemoryWarehouse } {
    const { landing, archive, quarantine, ledger, history, notifier, clock, launcher } = this;
    return { landing, archive, quarantine, ledger, history, notifier, clock, launcher };
  }

  async entries(): Promise<RunEntry[]> {
    const pages: RunEntry[] = [];
    for await (const page of this.ledger.openRuns()) pages.push(...page);
    return pages;
  }

  /** Ends a job as one that committed all files of its run, with `read` rows each of which one was rejected. */
  async commit(jobRunId: string, read = 3): Promise<void> {
    const { runId } = (await this.launcher.read(jobRunId))!;
    const entry = (await this.ledger.read(runId!))!;
    const files = await Promise.all(entry.files.map((file) => this.#report(file, read)));
    const totals = { ...BOOKS, read: read * files.length, inserted: (read - 1) * files.length, rejected: files.length };
    const report = { runId: runId!, status: 'succeeded-with-rejects' as const, files, totals, ...NOT_MOVED_YET };
    await changeRun(this.ledger, runId!, (found) => markCommitted(found, report));
    this.launcher.end(jobRunId);
  }

  /** Ends a job as one that died with nothing in the warehouse. */
  async fail(jobRunId: string): Promise<void> {
    const { runId } = (await this.launcher.read(jobRunId))!;
    const problem = { code: 'job.failed', message: 'It ran out of memory.', remedy: undefined };
    await changeRun(this.ledger, runId!, (found) => markFailed(found, problem));
    this.launcher.end(jobRunId, { kind: 'failed', reason: 'It ran out of memory.' });
  }

  async #report({ key, version }: LandedFile, read: number): Promise<FileReport> {
    const contentHash = await digestContent(this.landing.peek(key, version)!.bytes);
    const books = { ...BOOKS, read, inserted: read - 1, rejected: 1 };
    const told = { rejectsByCode: { 'price-negative': 1 }, firstRejects: {}, problem: undefined, takenTo: undefined };
    return { key, status: 'loaded', contentHash, ...books, ...told };
  }
}

const BOOKS = { read: 0, inserted: 0, updated: 0, unchanged: 0, stale: 0, duplicate: 0, rejected: 0 };
const NOT_MOVED_YET = { archived: 0, quarantined: 0, notMoved: [], warnings: [] };

export function jobEnded(jobRunId: string, state = 'SUCCEEDED', jobName = JOB_NAME) {
  return {
    id: 'ad3c3da1-148c-d5da-9a6a-79f1bc9a8a2e',
    source: 'aws.glue',
    'detail-type': 'Glue Job State Change',
    detail: { jobName, jobRunId, state, severity: 'INFO', message: '' },
  };
}
