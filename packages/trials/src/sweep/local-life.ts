import { ZlibUnpacker } from '@weir/adapters-local/in-process';
import { type IngestReport, InProcessTransformer, ingest, isPortError, parsePolicy } from '@weir/core';
import { ManualClock } from '@weir/core/testing';
import {
  checkNoEndlessRetry,
  checkReplayChangesNothing,
  findViolations,
  type Observation,
  observe,
} from '../invariants/index.ts';
import { contentOf } from '../model/delivery.ts';
import { createStores, type Stores } from '../stores/stores.ts';
import type { Warehouses } from '../stores/warehouses.ts';
import { checkEnd } from './check-end.ts';
import { Crash, FaultGate, type PlannedFault } from './fault-gate.ts';
import type { Life, LifeProcess, Live } from './life.ts';
import { stateOf } from './state-of.ts';
import type { WaitingFiles } from './waiting-files.ts';

/** Two faults, and a run that meets none. */
const MOST_PROCESSES = 3;

const policy = parsePolicy({ decisions: 'all' });
const unpacker = new ZlibUnpacker();

/** Lives of `ingest` on one machine: where a process ends before all is done, the next one begins with fresh objects. */
export function localLife(warehouses: Warehouses, files: WaitingFiles): Live {
  return async (faults) => {
    const stores = createStores(await warehouses.openEmpty(), { keepsVersions: false });
    for (const delivery of files.loaded) stores.landing.put(delivery.key, contentOf(delivery), delivery.modifiedAt);
    const life = new LocalLife(stores, faults);
    await life.prepare();
    for (const delivery of [...files.again, ...files.waiting]) {
      stores.landing.put(delivery.key, contentOf(delivery), delivery.modifiedAt);
    }
    return life.toEnd(files);
  };
}

class LocalLife {
  private readonly stores: Stores;
  private readonly gate: FaultGate;
  private readonly clock = new ManualClock();
  private readonly processes: LifeProcess[] = [];
  private readonly reports: IngestReport[] = [];
  private readonly violations: string[] = [];
  private runs = 0;

  constructor(stores: Stores, faults: readonly PlannedFault[]) {
    this.stores = stores;
    this.gate = new FaultGate(faults, () => this.clock.advance(3_600_000));
  }

  /** Loads what is there, without a fault. */
  async prepare(): Promise<void> {
    this.reports.push(await this.ingest(new FaultGate([])));
  }

  async toEnd(files: WaitingFiles): Promise<Life> {
    let seen: Observation;
    do {
      await this.process();
      seen = await observe(this.stores.watched);
      this.violations.push(...this.check(seen));
    } while (seen.landed.length > 0 && this.processes.length < MOST_PROCESSES);
    this.violations.push(...checkNoEndlessRetry(seen, this.processes.length), ...checkEnd(seen, files, policy));

    await this.attempt(new FaultGate([]));
    this.violations.push(...checkReplayChangesNothing(seen, await observe(this.stores.watched)));
    return { calls: this.gate.calls, processes: this.processes, violations: this.violations };
  }

  private async process(): Promise<void> {
    this.gate.revive();
    await this.begin(0);
    await this.attempt(this.gate);
  }

  private async attempt(gate: FaultGate): Promise<void> {
    try {
      this.reports.push(await this.ingest(gate));
    } catch (error) {
      if (!(error instanceof Crash) && !isPortError(error)) this.violations.push(`it ended with ${String(error)}`);
    }
  }

  /** Each attempt of `ingest` starts from nothing, so it is as good as a process, but for the attempts that are left. */
  private async begin(attempt: number): Promise<void> {
    const seen = await observe(this.stores.watched);
    this.processes.push({ firstCall: this.gate.calls.length + 1, begin: `${attempt} ${stateOf(seen)}` });
  }

  private ingest(gate: FaultGate): Promise<IngestReport> {
    const { landing, archive, quarantine, warehouse } = this.stores;
    const ports = {
      landing: gate.guard('landing', landing),
      archive: gate.guard('archive', archive),
      quarantine: gate.guard('quarantine', quarantine),
      warehouse: gate.guard('warehouse', warehouse.warehouse),
      dimensions: gate.guard('dimensions', warehouse.dimensions),
    };
    this.clock.advance(1000);
    const transformer = new InProcessTransformer({ ...ports, unpacker });
    let attempts = 0;
    return ingest(
      { ...ports, transformer, clock: this.clock },
      { policy, newRunId: () => `run-${++this.runs}`, wait: () => this.begin(++attempts) },
    );
  }

  private check(seen: Observation): readonly string[] {
    return findViolations(seen, { policy, delivered: this.stores.landing.delivered, reports: this.reports });
  }
}
