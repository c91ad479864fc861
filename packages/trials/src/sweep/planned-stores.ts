import type { FileClaim, Job, RunEntry } from '@weir/core';
import type { NoticeContext } from '@weir/core/runs';
import { InMemoryJobLauncher, InMemoryNotifier, InMemoryRunLedger, ManualClock } from '@weir/core/testing';
import { createStores, type Stores } from '../stores/stores.ts';
import type { TrialWarehouse } from '../stores/warehouses.ts';

/** What outlives every process of planned runs. */
export interface PlannedStores extends Stores {
  readonly ledger: InMemoryRunLedger;
  readonly launcher: InMemoryJobLauncher;
  readonly notifier: InMemoryNotifier;
  readonly clock: ManualClock;
}

export const NOTICE: NoticeContext = {
  landing: 'memory:landing',
  archive: 'memory:archive',
  quarantine: 'memory:quarantine',
  reportOf: (runId) => `memory:ledger/${runId}`,
  lookCloser: (runId) => `look ${runId}`,
  replay: (key, from) => `replay ${key} from ${from}`,
};

export function createPlannedStores(warehouse: TrialWarehouse): PlannedStores {
  return {
    ...createStores(warehouse, { keepsVersions: true }),
    ledger: new InMemoryRunLedger(),
    launcher: new InMemoryJobLauncher(),
    notifier: new InMemoryNotifier(),
    clock: new ManualClock(Date.UTC(2023, 2, 20)),
  };
}

/** What the stores hold beyond what an observation shows. */
export interface PlannedObservation {
  readonly open: readonly Omit<RunEntry, 'revision'>[];
  readonly jobs: readonly Job[];
  readonly claims: readonly (FileClaim | undefined)[];
  /** Ids of the runs that were told of, in the order of the notices. */
  readonly notices: readonly string[];
  readonly now: number;
}

export async function observePlanned(stores: PlannedStores): Promise<PlannedObservation> {
  const { ledger, launcher, notifier, clock, landing } = stores;
  const open: Omit<RunEntry, 'revision'>[] = [];
  for await (const page of ledger.openRuns()) open.push(...page.map(({ revision: _, ...entry }) => entry));
  return {
    open,
    jobs: launcher.jobs(),
    claims: await ledger.claims(landing.files),
    notices: notifier.mailbox.map(({ document }) => document.runId as string),
    now: clock.now(),
  };
}
