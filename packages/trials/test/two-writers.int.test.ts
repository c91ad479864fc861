import { randomInt } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '@weir/adapters-local/testing';
import { openTrialFolder } from '../src/command/open-trial-folder.ts';
import { interleavings } from '../src/two-writers/interleavings.ts';
import { openScenarios, playAll } from '../src/two-writers/two-writers-trial.ts';
import { WritersWorld } from '../src/two-writers/writers-world.ts';

let folder: string;
let database: TestDatabase;
let world: WritersWorld;
beforeAll(async () => {
  folder = await openTrialFolder('two-writers');
  database = await openTestDatabase();
  world = await WritersWorld.open(database.connectionString, folder);
});
afterAll(async () => {
  await world.close();
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

test('two lists of 3 and 2 phases have 10 interleavings, each of which keeps the order of both', () => {
  const orders = [...interleavings(['a1', 'a2', 'a3'], ['b1', 'b2'])].map((order) => order.join(' '));
  expect(new Set(orders).size).toBe(10);
  for (const order of orders) {
    expect(order.replaceAll(/ ?b\d/g, '').trim()).toBe('a1 a2 a3');
    expect(order.replaceAll(/ ?a\d/g, '').trim()).toBe('b1 b2');
  }
});

// The trial plays all of them.
const ONE_OF = 4;

describe('in any order of their phases, nothing is lost, and readers see before or after, never between:', () => {
  test.each(openScenarios().map((scenario) => [scenario.name, scenario] as const))(
    '%s',
    async (_, scenario) => {
      const from = randomInt(ONE_OF);
      const { counted, violations } = await playAll(scenario, world, { oneOf: ONE_OF, from });
      process.stderr.write(`${counted}, one of ${ONE_OF} from ${from} on; violations: ${violations.length}\n`);
      expect(violations).toEqual([]);
    },
    600_000,
  );
});
