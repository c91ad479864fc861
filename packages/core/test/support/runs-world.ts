import { parsePolicy } from '../../src/policy/parse-policy.ts';
import type { Fact } from '../../src/ports/fact-reader.port.ts';
import type { LandedFile } from '../../src/ports/landing-zone.port.ts';
import type { RunEntry } from '../../src/ports/run-ledger.port.ts';
import {
  type InMemoryDimensionCatalog,
  InMemoryFileStore,
  InMemoryJobLauncher,
  InMemoryLandingZone,
  InMemoryNotifier,
  InMemoryRunLedger,
  InMemoryWarehouse,
  ManualClock,
} from '../../src/testing/index.ts';
import { ingestRun } from '../../src/use-cases/ingest-run.ts';
import { archiveRun } from '../../src/use-cases/runs/archive-run.ts';
import { changeRun } from '../../src/use-cases/runs/change-run.ts';
import { finishRun } from '../../src/use-cases/runs/finish-run.ts';
import type { NoticeContext } from '../../src/use-cases/runs/notice/notice-context.ts';
import { planRuns } from '../../src/use-cases/runs/plan-runs.ts';
import { type ReconcileOptions, reconcile } from '../../src/use-cases/runs/reconcile.ts';
import type { RunPorts } from '../../src/use-cases/runs/run-ports.ts';
import { beginWork, markCommitted } from '../../src/use-cases/runs/run-states.ts';
import { openWorld, readFacts, unpacker, withTransformer } from './world.ts';

const NOTICE_CONTEXT: NoticeContext = {
  landing: 'memory:landing',
  archive: 'memory:archive',
  quarantine: 'memory:quarantine',
  reportOf: (runId) => `memory:ledger/${runId}`,
  lookCloser: (runId) => `look ${runId}`,
  replay: (key, from) => `replay ${key} from ${from}`,
};

export interface RunsWorldOptions {
  readonly mostJobs?: number;
  readonly keepsVersions?: boolean;
}

/** Everything that planned runs are driven with, in memory; a test does the work of the jobs and delivers the events. */
export async function openRunsWorld({ mostJobs = 10, keepsVersions = true }: RunsWorldOptions = {}) {
  const { dimensions } = await openWorld();
  const landing = new InMemoryLandingZone('memory:landing', { keepsVersions });
  const warehouse = new InMemoryWarehouse();
  const ports = {
    ledger: new InMemoryRunLedger(),
    launcher: new InMemoryJobLauncher(mostJobs),
    history: warehouse,
    landing,
    archive: new InMemoryFileStore(landing, 'memory:archive'),
    quarantine: new InMemoryFileStore(landing, 'memory:quarantine'),
    notifier: new InMemoryNotifier(),
    clock: new ManualClock(Date.UTC(2023, 2, 20)),
    warehouse,
    dimensions,
  };
  return new RunsWorld(ports);
}

type Ports = RunPorts & {
  readonly warehouse: InMemoryWarehouse;
  readonly dimensions: InMemoryDimensionCatalog;
};
type Concrete = Ports & {
  readonly ledger: InMemoryRunLedger;
  readonly launcher: InMemoryJobLauncher;
  readonly landing: InMemoryLandingZone;
  readonly archive: InMemoryFileStore;
  readonly quarantine: InMemoryFileStore;
  readonly notifier: InMemoryNotifier;
  readonly clock: ManualClock;
};

export class RunsWorld {
  readonly ports: Concrete;
  options: ReconcileOptions;
  private calls = 0;

  constructor(ports: Concrete) {
    this.ports = ports;
    this.options = { owner: 'test', policy: parsePolicy({}), notice: NOTICE_CONTEXT, maxFilesPerRun: 3 };
  }

  /** Each call of an entry point is another owner, as each invocation of a function is. */
  nextOptions(): ReconcileOptions {
    return { ...this.options, owner: `call ${++this.calls}` };
  }

  plan(files: readonly LandedFile[], ports: Ports = this.ports) {
    return planRuns(ports, files, this.nextOptions());
  }

  sweep(ports: Ports = this.ports) {
    return reconcile(ports, this.nextOptions());
  }

  finish(jobRunId: string, ports: Ports = this.ports) {
    return finishRun(ports, { jobRunId }, this.nextOptions());
  }

  archive(jobRunId: string, ports: Ports = this.ports) {
    return archiveRun(ports, { jobRunId }, this.nextOptions());
  }

  /** What a job does: takes the lease, ingests exactly its files, tells the ledger. Where it breaks it dies without a word. */
  async work(jobRunId: string, ports: Ports = this.ports): Promise<void> {
    try {
      const { runId } = (await this.ports.launcher.read(jobRunId))!;
      await this.ingest(jobRunId, runId!, ports);
      this.ports.launcher.end(jobRunId);
    } catch (error) {
      this.ports.launcher.end(jobRunId, { kind: 'failed', reason: `exit code 1: ${(error as Error).message}` });
      throw error;
    }
  }

  private async ingest(jobRunId: string, runId: string, ports: Ports): Promise<void> {
    const { ledger, clock } = ports;
    const begun = await changeRun(ledger, runId, (entry) => beginWork(entry, jobRunId, clock.now(), 60_000));
    if (begun.kind !== 'changed') return;
    const { policy, files } = begun.entry;
    const list = async function* () {
      yield files;
    };
    const { landing, warehouse, dimensions } = ports;
    const all = {
      location: landing.location,
      list,
      find: landing.find.bind(landing),
      open: landing.open.bind(landing),
    };
    const report = await ingestRun(withTransformer({ landing: all, warehouse, dimensions, unpacker, clock }), {
      runId,
      policy,
    });
    await changeRun(ledger, runId, (entry) => markCommitted(entry, report));
  }

  running(): readonly string[] {
    const jobs = this.ports.launcher.jobs().filter(({ state }) => state.kind === 'running');
    return jobs.map(({ jobRunId }) => jobRunId);
  }

  /** Lets all jobs work, and delivers both events of each, until none runs any more. */
  async drain(): Promise<void> {
    for (let jobs = this.running(); jobs.length > 0; jobs = this.running()) {
      for (const jobRunId of jobs) {
        await this.work(jobRunId);
        await this.finish(jobRunId);
        await this.archive(jobRunId);
      }
    }
  }

  async openRuns(): Promise<readonly RunEntry[]> {
    const entries: RunEntry[] = [];
    for await (const page of this.ports.ledger.openRuns()) entries.push(...page);
    return entries;
  }

  async landed(): Promise<readonly string[]> {
    const keys: string[] = [];
    for await (const page of this.ports.landing.list()) keys.push(...page.map(({ key }) => key));
    return keys;
  }

  facts(): Promise<readonly Fact[]> {
    return readFacts(this.ports.warehouse);
  }

  /** Run ids of the notices, in the order of sending. */
  notified(): readonly string[] {
    return this.ports.notifier.mailbox.map(({ document }) => document.runId as string);
  }
}
