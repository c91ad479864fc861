import { randomInt } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { InMemoryDimensionCatalog, type InMemoryWarehouse } from '@weir/core/testing';
import { BAD_REJECT_STORES } from '../../port-contracts/test/known-bad/bad-reject-stores.ts';
import { openLateWorlds } from '../src/late-dimensions/late-worlds.ts';
import { tryLateSchedules } from '../src/late-dimensions/try-late-schedules.ts';

describe('dimensions that come late', () => {
  test.each([
    ['memory', 200],
    ['postgres', 12],
  ] as const)(
    'lead to the same facts as those that come first, in %s',
    async (kind, count) => {
      const seed = randomInt(2 ** 32 - 1);
      const worlds = await openLateWorlds(kind);
      try {
        const { counted, violations } = await tryLateSchedules(worlds, { count, seed });
        console.info(`${kind}, seed ${seed}: ${counted}`);
        expect(violations).toEqual([]);
      } finally {
        await worlds.close();
      }
    },
    120_000,
  );
});

describe('late dimensions find a store or a warehouse that', () => {
  test.each([
    'forgets rejects',
    'does not read on behind a place',
    'takes every content of a file for the first one',
    'leaves replays out',
    'takes the day of the replay for that of the delivery',
  ])('%s', async (fault) => {
    const openEmpty = async () => {
      const { store, warehouse, facts } = await BAD_REJECT_STORES[fault]!();
      const stored = warehouse as InMemoryWarehouse;
      return { warehouse, facts, dimensions: new InMemoryDimensionCatalog(), store, rejects: () => stored.rejects() };
    };
    const worlds = { openEmpty, close: async () => {} };
    const found = await tryLateSchedules(worlds, { count: 500, seed: 1 }).catch((error: unknown) => {
      return { violations: [String(error)] };
    });
    expect(found.violations).toHaveLength(1);
  });
});
