import type { IngestReport, LandedFile } from '@weir/core';
import { csv, dayFile } from '../command/shop-csv.ts';
import type { ShopFile, ShopFolder } from '../command/shop-folder.ts';
import { interleavings } from './interleavings.ts';
import { play, turnsOf } from './play.ts';
import { Readings } from './readings.ts';
import type { Scenario } from './scenario.ts';
import { type RunPhase, startRun } from './start-run.ts';
import type { Writer } from './writer.ts';
import type { WritersWorld } from './writers-world.ts';

const badRow = (day: string) => ({ id: `T-bad-${day}`, quantity: 0, day });
/** Two files with one transaction in common, and a bad row each. */
const ONE = dayFile(
  '15',
  csv({ id: 'T-1', quantity: 1, day: '15' }, { id: 'T-2', quantity: 1, day: '15' }, badRow('15')),
);
const OTHER = dayFile(
  '16',
  csv({ id: 'T-1', quantity: 2, day: '16' }, { id: 'T-3', quantity: 1, day: '16' }, badRow('16')),
);
const FILES = [ONE, OTHER];

/** Each run takes one of the files; in both, the same transaction is new. */
export function sameKeys(connections: 1 | 2): Scenario {
  const name = `two runs with the same new key in different files, over ${connections} connection(s)`;
  const wants = (wanted: ShopFile) => (file: LandedFile) => file.key === wanted.key;
  // What each finds in the ledger does not depend on the other one, so looking is no phase of its own.
  return twoRuns(name, ['look', 'lock', 'commit', 'archive'], connections, wants(ONE), wants(OTHER));
}

/** Both take both files. */
export function sameFiles(): Scenario {
  return twoRuns('two runs of the same files', ['look', 'stage', 'lock', 'commit', 'archive'], 1);
}

type Wants = (file: LandedFile) => boolean;

function twoRuns(
  name: string,
  phases: readonly string[],
  connections: 1 | 2,
  wantsA?: Wants,
  wantsB?: Wants,
): Scenario {
  const readings = new Readings();
  const start = (world: WritersWorld, shop: ShopFolder, writer: 'a' | 'b', wants: Wants | undefined) =>
    startRun(shop, world[writer], {
      runId: `run-${writer}`,
      phases: phases as readonly RunPhase[],
      connections,
      leastBytesShared: 1,
      ...(wants === undefined ? {} : { wants }),
    });
  let final = '';
  return {
    name,
    orders: () => interleavings(turnsOf('A', phases), turnsOf('B', phases)),
    seen: () => readings.seen,
    prepare: async (world) => {
      for (const files of [[], [ONE], [OTHER], FILES]) {
        const shop = await world.begin(files);
        await world.ingest(shop);
        readings.allow(await world.state());
      }
      final = JSON.stringify((await world.state()).facts);
    },
    play: async (world, turns) => {
      const shop = await world.begin(FILES);
      const writers = { A: start(world, shop, 'a', wantsA), B: start(world, shop, 'b', wantsB) };
      const violations: string[] = [];
      await play(turns, writers, world.observer, async () => {
        violations.push(...readings.read(await world.state()));
      });
      violations.push(...(await findErrors(writers)));
      // A run that met the other one half-way may have left something to do.
      await world.ingest(shop);
      violations.push(...(await world.findBroken(shop, FILES)));
      if (JSON.stringify((await world.state()).facts) !== final)
        violations.push('the facts are not those of one run alone');
      if ((await shop.placed('landing')).length > 0) violations.push('a file was left in the landing place');
      return violations;
    },
  };
}

async function findErrors(writers: Readonly<Record<string, Writer<IngestReport>>>): Promise<readonly string[]> {
  const ends = Object.entries(writers).map(async ([name, { end }]) => {
    const { error } = await end;
    return error === undefined ? [] : [`${name} failed: ${error.message}`];
  });
  return (await Promise.all(ends)).flat();
}
