import { csv, dayFile } from '../command/shop-csv.ts';
import { interleavings } from './interleavings.ts';
import { loadDimensions, startDimensionLoad } from './load-dimensions.ts';
import { play, turnsOf } from './play.ts';
import { Readings } from './readings.ts';
import type { Scenario } from './scenario.ts';
import { startRun } from './start-run.ts';

/** With a row whose product only the new dimensions know. */
const FILE = dayFile(
  '15',
  csv({ id: 'T-1', quantity: 1, day: '15' }, { id: 'T-2', quantity: 1, day: '15', product: 'P2' }),
);
const RUN = ['stage', 'customers', 'lock', 'commit'];
const LOAD = ['load', 'lock', 'commit'];

/** A run reads products, then customers; each of them is seen as before the load or as after it, by all of its rows. */
export function dimensionsMeanwhile(): Scenario {
  const readings = new Readings();
  return {
    name: 'a dimension load during a run',
    orders: () => interleavings(turnsOf('A', RUN), turnsOf('B', LOAD)),
    seen: () => readings.seen,
    prepare: async (world) => {
      await world.begin([FILE]);
      readings.allow(await world.state());
      for (const products of ['old', 'new'] as const) {
        for (const customers of ['old', 'new'] as const) {
          const shop = await world.begin([FILE]);
          await loadDimensions(world.observer, products, ['products']);
          await loadDimensions(world.observer, customers, ['customers']);
          await world.ingest(shop);
          readings.allow(await world.state());
        }
      }
    },
    play: async (world, turns) => {
      const shop = await world.begin([FILE]);
      const writers = {
        A: startRun(shop, world.a, { runId: 'run-a', phases: ['stage', 'customers'] }),
        B: startDimensionLoad(world.b),
      };
      const violations: string[] = [];
      await play(turns, writers, world.observer, async () => {
        violations.push(...readings.read(await world.state()));
      });
      for (const [name, { end }] of Object.entries(writers)) {
        const { error } = await end;
        if (error !== undefined) violations.push(`${name} failed: ${error.message}`);
      }
      return [...violations, ...(await world.findBroken(shop, [FILE]))];
    },
  };
}
