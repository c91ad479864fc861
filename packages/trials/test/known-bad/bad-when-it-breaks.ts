import type { RunToCommit, Stage } from '@weir/core';
import { InMemoryWarehouse } from '@weir/core/testing';
import { replaceMethods } from '../../../port-contracts/test/known-bad/replace-methods.ts';
import { openMemoryWarehouses } from '../../src/stores/memory-warehouses.ts';
import type { TrialWarehouse, Warehouses } from '../../src/stores/warehouses.ts';
import type { PlannedStores } from '../../src/sweep/planned-stores.ts';

/** Warehouses that are right as long as nothing breaks. */
export const WAREHOUSES: Readonly<Record<string, () => Promise<Warehouses>>> = {
  'tells of a commit before it is there': () =>
    spoilWarehouse((front) => {
      const stored = new InMemoryWarehouse();
      const openStage = async (runId: string) => lateStage(await front.openStage(runId), await stored.openStage(runId));
      return { warehouse: replaceMethods(stored, { openStage }), ...viewsOf(stored) };
    }),
  'keeps what a dead process staged': () =>
    spoilWarehouse((warehouse) => {
      const left = new Map<Uint8Array, string>();
      const openStage = async (runId: string) => {
        const stage = await warehouse.openStage(runId);
        for (const lines of left.keys()) await stage.writeRows(lines);
        return replaceMethods(stage, {
          writeRows: async (lines) => {
            left.set(lines, runId);
            await stage.writeRows(lines);
          },
          close: async () => {
            for (const [lines, writer] of left) if (writer === runId) left.delete(lines);
            await stage.close();
          },
        });
      };
      return { warehouse: replaceMethods(warehouse, { openStage }) };
    }),
};

/** Ledgers and launchers that are right as long as nothing breaks. */
export const PLANNED_STORES: Readonly<Record<string, (stores: PlannedStores) => PlannedStores>> = {
  'does not free the files of a failed run': (stores) => ({
    ...stores,
    ledger: replaceMethods(stores.ledger, { release: async () => {} }),
  }),
  'forgets runs that nobody was told of': (stores) => ({
    ...stores,
    ledger: replaceMethods(stores.ledger, { async *openRuns() {} }),
  }),
};

/** Right as long as not two things break: the start of a job is not noted, and the job dies before it notes anything. */
export function forgetJobs(stores: PlannedStores): PlannedStores {
  return { ...stores, launcher: replaceMethods(stores.launcher, { find: async () => undefined }) };
}

/** Commits where it is looked at only when it is closed. */
function lateStage(front: Stage, stored: Stage): Stage {
  let committed: RunToCommit | undefined;
  return {
    writeRows: async (lines) => {
      await front.writeRows(lines);
      await stored.writeRows(lines);
    },
    writeRejects: async (lines) => {
      await front.writeRejects(lines);
      await stored.writeRejects(lines);
    },
    commit: async (run) => {
      const answer = await front.commit(run);
      committed = run;
      return answer;
    },
    preview: (run) => front.preview(run),
    close: async () => {
      if (committed !== undefined) await stored.commit(committed);
      committed = undefined;
      await Promise.all([front.close(), stored.close()]);
    },
  };
}

function viewsOf(warehouse: InMemoryWarehouse): Partial<TrialWarehouse> {
  return {
    history: warehouse,
    facts: warehouse,
    rejects: () => warehouse.rejects(),
    decisions: () => warehouse.decisions(),
  };
}

async function spoilWarehouse(
  spoil: (warehouse: TrialWarehouse['warehouse']) => Partial<TrialWarehouse>,
): Promise<Warehouses> {
  const warehouses = await openMemoryWarehouses();
  return {
    ...warehouses,
    openEmpty: async () => {
      const subject = await warehouses.openEmpty();
      return { ...subject, ...spoil(subject.warehouse) };
    },
  };
}
