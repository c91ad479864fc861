import { rm } from 'node:fs/promises';
import { openTestDatabase } from '@weir/adapters-local/testing';
import { openTrialFolder } from '../command/open-trial-folder.ts';
import type { Trial, TrialOptions, TrialResult } from '../trial.ts';
import { dimensionsMeanwhile } from './dimensions-meanwhile.ts';
import { nameTurns } from './play.ts';
import type { Scenario } from './scenario.ts';
import { sameFiles, sameKeys } from './two-runs.ts';
import { WritersWorld } from './writers-world.ts';
import { zombie } from './zombie.ts';

export const twoWritersTrial: Trial = {
  about:
    'all interleavings of the phases of two writers on real Postgres, with a reader between any two phases; ' +
    'no seed and no count: all orders are tried',
  warehouses: ['postgres'],
  run: runTwoWriters,
};

/** New ones each time: they remember what their readers saw. */
export function openScenarios(): readonly Scenario[] {
  return [sameKeys(1), sameKeys(2), sameFiles(), dimensionsMeanwhile(), zombie()];
}

async function runTwoWriters({ tell }: TrialOptions): Promise<TrialResult> {
  const folder = await openTrialFolder('two-writers');
  const database = await openTestDatabase();
  const world = await WritersWorld.open(database.connectionString, folder);
  try {
    const counted: string[] = [];
    const violations: string[] = [];
    for (const scenario of openScenarios()) {
      const result = await playAll(scenario, world);
      tell(result.counted);
      counted.push(result.counted);
      violations.push(...result.violations);
    }
    return { counted: counted.join('; '), violations };
  } finally {
    await world.close();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Every order of one scenario, or one of so many from the given one on, on a database of its own. */
export async function playAll(
  scenario: Scenario,
  world: WritersWorld,
  { oneOf = 1, from = 0 }: { readonly oneOf?: number; readonly from?: number } = {},
): Promise<TrialResult> {
  await scenario.prepare(world);
  let orders = 0;
  let place = 0;
  const violations: string[] = [];
  for (const turns of scenario.orders()) {
    if (place++ % oneOf !== from) continue;
    orders++;
    const found = await scenario.play(world, turns);
    violations.push(...found.map((what) => `${scenario.name}: ${nameTurns(turns)}: ${what}`));
  }
  return {
    counted: `${orders} interleavings of ${scenario.name}, ${scenario.seen()} states seen by readers`,
    violations,
  };
}
