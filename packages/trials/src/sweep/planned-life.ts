import { ZlibUnpacker } from '@weir/adapters-local/in-process';
import {
  InProcessTransformer,
  isPortError,
  type Job,
  type JobLauncher,
  type JobState,
  type LandedFile,
  type Notifier,
  parsePolicy,
} from '@weir/core';
import { archiveRun, finishRun, planRuns, type ReconcileOptions, reconcile } from '@weir/core/runs';
import { doRun } from '../../../glue-job/src/job/do-run.ts';
import {
  checkNoEndlessRetry,
  checkReplayChangesNothing,
  findViolations,
  type Observation,
  observe,
} from '../invariants/index.ts';
import { contentOf, type Delivery } from '../model/delivery.ts';
import type { Warehouses } from '../stores/warehouses.ts';
import { checkEnd } from './check-end.ts';
import { checkPlanned } from './check-planned.ts';
import { Crash, FaultGate, type PlannedFault } from './fault-gate.ts';
import type { Life, LifeProcess, Live } from './life.ts';
import { createPlannedStores, NOTICE, observePlanned, type PlannedStores } from './planned-stores.ts';
import { plannedStateOf } from './state-of.ts';
import type { WaitingFiles } from './waiting-files.ts';

const HOUR = 3_600_000;
/** Each fault may cost one sweep that fails and one that must wait for a lease; then one has to do it. */
const MOST_SWEEPS = 6;

const policy = parsePolicy({ decisions: 'all' });
const unpacker = new ZlibUnpacker();

/**
 * Lives of planned runs: every event is handled once, each by a process of its own, and is lost where that breaks; then sweeps,
 * an hour apart, carry on what is left.
 *
 * @param spoil plants faults, for stores that are wrong on purpose
 */
export function plannedLife(
  warehouses: Warehouses,
  files: WaitingFiles,
  spoil: (stores: PlannedStores) => PlannedStores = (stores) => stores,
): Live {
  return async (faults) => {
    const stores = spoil(createPlannedStores(await warehouses.openEmpty()));
    const life = new PlannedLife(stores, faults);
    await life.prepare(files);
    return life.toEnd(files);
  };
}

class PlannedLife {
  private readonly stores: PlannedStores;
  private readonly gate: FaultGate;
  private readonly landed: LandedFile[] = [];
  private readonly processes: LifeProcess[] = [];
  private readonly violations: string[] = [];
  private readonly faults: readonly PlannedFault[];
  /** Whether lives with one more fault are like this one up to there. */
  private readonly isFollowed: boolean;
  private owners = 0;

  constructor(stores: PlannedStores, faults: readonly PlannedFault[]) {
    this.stores = stores;
    this.faults = faults;
    this.isFollowed = faults.length < 2;
    this.gate = new FaultGate(faults, () => stores.clock.advance(HOUR));
  }

  /** Loads some days without a fault, by another life over the same stores. */
  async prepare({ loaded, again, waiting }: WaitingFiles): Promise<void> {
    if (loaded.length === 0) return this.put(waiting);
    const before = new PlannedLife(this.stores, []);
    before.put(loaded);
    await before.events();
    this.put([...again, ...waiting]);
  }

  async toEnd(files: WaitingFiles): Promise<Life> {
    await this.events();
    let sweeps = 0;
    while (sweeps < MOST_SWEEPS && !(await this.isQuiet())) {
      sweeps++;
      await this.sweep();
    }
    const seen = await observe(this.stores.watched);
    this.violations.push(
      ...this.check(seen),
      ...checkNoEndlessRetry(seen, sweeps),
      ...checkEnd(seen, files, policy),
      ...checkPlanned(await observePlanned(this.stores), this.faults.length),
    );
    const calls = [...this.gate.calls];
    if (this.isFollowed) await this.replay(files, seen);
    return { calls, processes: this.processes, violations: this.violations };
  }

  private async replay({ loaded }: WaitingFiles, seen: Observation): Promise<void> {
    this.put(loaded);
    await this.events();
    this.violations.push(...checkReplayChangesNothing(seen, await observe(this.stores.watched)));
  }

  private put(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) {
      this.landed.push(this.stores.landing.put(delivery.key, contentOf(delivery), delivery.modifiedAt));
    }
  }

  private async events(): Promise<void> {
    const files = this.landed.splice(0);
    await this.process(`plan ${files.length}`, (ports) => planRuns(ports, files, this.nextOptions()));
    await this.drain();
  }

  private async sweep(): Promise<void> {
    this.stores.clock.advance(HOUR);
    await this.process('sweep', (ports) => reconcile(ports, this.nextOptions()));
    await this.drain();
  }

  /** Every job works, and the two events of its end are handled, until none runs any more. */
  private async drain(): Promise<void> {
    for (let jobs = this.running(); jobs.length > 0; jobs = this.running()) {
      for (const { jobRunId, runId } of jobs) {
        const those = `${jobRunId} of ${jobs.length}`;
        // Two runs that begin at once are told in the order of their ids, which is not that of their commits.
        this.stores.clock.advance(1);
        const reason = await this.process(`work ${those}`, (ports) => this.work(ports, runId!, jobRunId));
        const state: JobState = reason === undefined ? { kind: 'succeeded' } : { kind: 'failed', reason };
        this.stores.launcher.end(jobRunId, state);
        await this.process(`finish ${those}`, (ports) => finishRun(ports, { jobRunId }, this.nextOptions()));
        await this.process(`archive ${those}`, (ports) => archiveRun(ports, { jobRunId }));
      }
    }
  }

  private work(ports: GuardedPorts, runId: string, jobRunId: string): Promise<unknown> {
    const { warehouse } = ports;
    const createWork = () => ({ warehouse, transformer: new InProcessTransformer({ ...ports, unpacker }) });
    return doRun({ ...ports, runId, jobRunId, createWork });
  }

  /** @returns why it ended early */
  private async process(what: string, act: (ports: GuardedPorts) => Promise<unknown>): Promise<string | undefined> {
    this.gate.revive();
    const seen = await observe(this.stores.watched);
    this.violations.push(...this.check(seen));
    const begin = this.isFollowed ? plannedStateOf([what, seen, await observePlanned(this.stores)]) : '';
    this.processes.push({ firstCall: this.gate.calls.length + 1, begin });
    try {
      await act(this.guardPorts());
      return undefined;
    } catch (error) {
      if (!(error instanceof Crash) && !isPortError(error)) this.violations.push(`${what} ended with ${String(error)}`);
      return String(error);
    }
  }

  private guardPorts() {
    const { landing, archive, quarantine, ledger, launcher, notifier, clock, warehouse } = this.stores;
    const { gate } = this;
    return {
      landing: gate.guard('landing', landing),
      archive: gate.guard('archive', archive),
      quarantine: gate.guard('quarantine', quarantine),
      ledger: gate.guard('ledger', ledger),
      launcher: gate.guard<JobLauncher>('launcher', launcher),
      notifier: gate.guard<Notifier>('notifier', notifier),
      warehouse: gate.guard('warehouse', warehouse.warehouse),
      history: gate.guard('history', warehouse.history),
      dimensions: gate.guard('dimensions', warehouse.dimensions),
      clock,
    };
  }

  /** Each process is another owner of leases. */
  private nextOptions(): ReconcileOptions {
    return { owner: `process ${++this.owners}`, policy, notice: NOTICE, maxFilesPerRun: 3 };
  }

  private running(): readonly Job[] {
    return this.stores.launcher.jobs().filter(({ state }) => state.kind === 'running');
  }

  private async isQuiet(): Promise<boolean> {
    const { open } = await observePlanned(this.stores);
    return open.length === 0 && this.stores.landing.landed().length === 0;
  }

  private check(seen: Observation): readonly string[] {
    return findViolations(seen, { policy, delivered: this.stores.landing.delivered });
  }
}

type GuardedPorts = ReturnType<PlannedLife['guardPorts']>;
