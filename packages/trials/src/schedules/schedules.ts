import { openWarehouses } from '../stores/open-warehouses.ts';
import type { Trial, WarehouseKind } from '../trial.ts';
import { trySchedules } from './try-schedules.ts';

/** As many as every build tries; a commit to Postgres takes some 40 times as long. */
const COUNTS: Readonly<Record<WarehouseKind, number>> = { memory: 10_000, postgres: 500 };

export const schedules: Trial = {
  about:
    'random orders, repetitions, corrections, splits into files and runs, and replays of deliveries, against a plain model of rules 2 and 6. ' +
    'Not among them, since the rules do not order them: two contents of one key with one time, and a content that comes back after another',
  warehouses: ['memory', 'postgres'],
  run: async ({ warehouse, count = COUNTS[warehouse], seed, tell }) => {
    const warehouses = await openWarehouses(warehouse);
    try {
      return await trySchedules(warehouses, { count, seed, tell });
    } finally {
      await warehouses.close();
    }
  },
};
