import { describe, expect, test } from '@jest/globals';
import type { Clock } from '@weir/core';
import {
  type ClockSubject,
  type Contract,
  clockContract,
  decisionLogContract,
  deliveryLogContract,
  dimensionCatalogContract,
  factReaderContract,
  fileStoreContract,
  findBrokenClauses,
  jobLauncherContract,
  landingZoneContract,
  notifierContract,
  type Open,
  pendingReplayContract,
  rejectStoreContract,
  rowWorkersContract,
  runHistoryContract,
  runLedgerContract,
  runUndoContract,
  transformerContract,
  unpackerContract,
  warehouseContract,
} from '../src/index.ts';
import { BAD_DECISION_LOGS } from './known-bad/bad-decision-logs.ts';
import { BAD_DELIVERY_LOGS } from './known-bad/bad-delivery-logs.ts';
import { BAD_DIMENSION_CATALOGS } from './known-bad/bad-dimension-catalogs.ts';
import { BAD_FILE_STORES } from './known-bad/bad-file-stores.ts';
import { BAD_JOB_LAUNCHERS } from './known-bad/bad-job-launchers.ts';
import { BAD_LANDING_ZONES } from './known-bad/bad-landing-zones.ts';
import { BAD_NOTIFIERS } from './known-bad/bad-notifiers.ts';
import { BAD_PENDING_REPLAYS } from './known-bad/bad-pending-replays.ts';
import { BAD_FACT_READERS, BAD_HISTORIES } from './known-bad/bad-readers.ts';
import { BAD_REJECT_STORES } from './known-bad/bad-reject-stores.ts';
import { BAD_ROW_WORKERS } from './known-bad/bad-row-workers.ts';
import { BAD_RUN_LEDGERS } from './known-bad/bad-run-ledgers.ts';
import { BAD_RUN_UNDOS } from './known-bad/bad-run-undos.ts';
import { BAD_TRANSFORMERS } from './known-bad/bad-transformers.ts';
import { BAD_UNPACKERS } from './known-bad/bad-unpackers.ts';
import { BAD_WAREHOUSES } from './known-bad/bad-warehouses.ts';

const clock = (now: Clock['now']) => async () => ({ clock: { now }, close: async () => {} });
let ticks = Date.UTC(2024);

const BAD_CLOCKS: Readonly<Record<string, Open<ClockSubject>>> = {
  'tells fractions': clock(() => Date.UTC(2024) + 0.25),
  'tells seconds': clock(() => Date.UTC(2024) / 1000),
  'goes back': clock(() => ticks--),
};

requireCaught(warehouseContract, BAD_WAREHOUSES);
requireCaught(factReaderContract, BAD_FACT_READERS);
requireCaught(decisionLogContract, BAD_DECISION_LOGS);
requireCaught(runHistoryContract, BAD_HISTORIES);
requireCaught(deliveryLogContract, BAD_DELIVERY_LOGS);
requireCaught(runUndoContract, BAD_RUN_UNDOS);
requireCaught(dimensionCatalogContract, BAD_DIMENSION_CATALOGS);
requireCaught(landingZoneContract, BAD_LANDING_ZONES);
requireCaught(fileStoreContract, BAD_FILE_STORES);
requireCaught(clockContract, BAD_CLOCKS);
requireCaught(transformerContract, BAD_TRANSFORMERS);
requireCaught(unpackerContract, BAD_UNPACKERS);
requireCaught(rejectStoreContract, BAD_REJECT_STORES);
requireCaught(rowWorkersContract, BAD_ROW_WORKERS);
requireCaught(runLedgerContract, BAD_RUN_LEDGERS);
requireCaught(jobLauncherContract, BAD_JOB_LAUNCHERS);
requireCaught(notifierContract, BAD_NOTIFIERS);
requireCaught(pendingReplayContract, BAD_PENDING_REPLAYS);

/**
 * Every fault breaks a clause, but not all of them, which would show nothing about the clauses; and every clause is broken
 * by some fault, else nobody has seen that it can fail.
 */
function requireCaught<Subject>(contract: Contract<Subject>, adapters: Readonly<Record<string, Open<Subject>>>): void {
  describe(`the contract of ${contract.port} catches an adapter that`, () => {
    const clauses = Object.keys(contract.clauses);
    const unproven = new Set(clauses);

    test.each(Object.entries(adapters))('%s', async (_, open) => {
      const proven = clauses.filter((clause) => !unproven.has(clause));
      let broken = 0;
      let kept = 0;
      // First those that nobody broke yet, and of all no more than tell something.
      for (const clause of [...unproven, ...proven]) {
        if (broken > 0 && kept > 0) break;
        if (await breaks(open, clause)) broken++;
        else kept++;
      }
      expect(broken).toBeGreaterThan(0);
      expect(kept).toBeGreaterThan(0);
    });

    test('breaks any clause at all', async () => {
      for (const clause of [...unproven]) {
        for (const open of Object.values(adapters)) if (await breaks(open, clause)) break;
      }
      expect([...unproven]).toEqual([]);
    });

    async function breaks(open: Open<Subject>, clause: string): Promise<boolean> {
      const [found] = await findBrokenClauses(contract, open, [clause]);
      if (found === undefined) return false;
      unproven.delete(clause);
      return true;
    }
  });
}
