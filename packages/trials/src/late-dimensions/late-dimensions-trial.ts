import type { Trial, WarehouseKind } from '../trial.ts';
import { openLateWorlds } from './late-worlds.ts';
import { tryLateSchedules } from './try-late-schedules.ts';

/** As many as every build tries. */
const COUNTS: Readonly<Record<WarehouseKind, number>> = { memory: 2_000, postgres: 100 };

export const lateDimensionsTrial: Trial = {
  about:
    'deliveries with their products and customers in random order, with runs and replays of rejects between them: the facts and the open ' +
    'rejects are those of dimensions first, by a plain model of the rules',
  warehouses: ['memory', 'postgres'],
  run: async ({ warehouse, count = COUNTS[warehouse], seed }) => {
    const worlds = await openLateWorlds(warehouse);
    try {
      return await tryLateSchedules(worlds, { count, seed });
    } finally {
      await worlds.close();
    }
  },
};
