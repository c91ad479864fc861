import { describe, expect, test } from '@jest/globals';
import { InMemoryDimensionCatalog } from '@weir/core/testing';
import { BAD_PREVIEWS } from '../../port-contracts/test/known-bad/bad-previews.ts';
import { BAD_WAREHOUSES } from '../../port-contracts/test/known-bad/bad-warehouses.ts';
import { trySchedules } from '../src/schedules/try-schedules.ts';
import { loadShopDimensions } from '../src/stores/load-shop-dimensions.ts';
import { openMemoryWarehouses } from '../src/stores/memory-warehouses.ts';

const OPTIONS = { seed: 1, isQuick: true, tell: () => {} };

/** Of the faults that the contract of warehouses knows, those that good deliveries do not show, or not within a thousand schedules. */
const BEYOND_SCHEDULES = new Set([
  'writes an equal version again',
  'compares keys in the order of UTF-16',
  'compares keys in the order of a language',
  'shows staged rejects although the commit fails',
  'trims what it stores',
  'does not check the counts',
  'keeps the backslash that escapes another one',
  'cuts numbers at 32 bits',
  'folds letter case',
  'takes one write a file',
  'commits a stage that is closed',
  'cannot close a stage twice',
  'answers for a thousand keys at most',
  'knows a hash for every key',
  'refuses a run without files',
  ...Object.keys(BAD_PREVIEWS),
]);

describe('random schedules', () => {
  test('break no promise where nothing is wrong', async () => {
    const tried = await trySchedules(await openMemoryWarehouses(), { ...OPTIONS, count: 200 });
    expect(tried.violations).toEqual([]);
    expect(tried.counted).toMatch(/^200 schedules of/);
  });

  test('are the same for the same seed', async () => {
    const counted = async (seed: number) =>
      (await trySchedules(await openMemoryWarehouses(), { ...OPTIONS, seed, count: 20 })).counted;
    expect(await counted(7)).toBe(await counted(7));
    expect(await counted(7)).not.toBe(await counted(8));
  });
});

describe('random schedules find a warehouse that', () => {
  test.each(Object.entries(BAD_WAREHOUSES).filter(([fault]) => !BEYOND_SCHEDULES.has(fault)))('%s', async (_, open) => {
    const dimensions = new InMemoryDimensionCatalog();
    await loadShopDimensions(dimensions);
    const openEmpty = async () => ({ ...(await open()), dimensions });
    const found = await trySchedules({ openEmpty, close: async () => {} }, { ...OPTIONS, count: 1000 });
    expect(found.violations).toHaveLength(1);
  });
});
