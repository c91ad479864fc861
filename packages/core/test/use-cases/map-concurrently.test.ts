import { describe, expect, test } from '@jest/globals';
import { mapConcurrently } from '../../src/use-cases/map-concurrently.ts';

describe('a concurrent map', () => {
  test('answers in the order of the items, with at most so many under way', async () => {
    let underWay = 0;
    let most = 0;
    const results = await mapConcurrently([5, 1, 4, 2, 3, 0, 6], 3, async (item) => {
      most = Math.max(most, ++underWay);
      for (let i = 0; i < item; i++) await Promise.resolve();
      underWay--;
      return item * 2;
    });
    expect([results, most]).toEqual([[10, 2, 8, 4, 6, 0, 12], 3]);
    expect(await mapConcurrently([], 3, async () => 1)).toEqual([]);
  });

  test('begins nothing more after a fault, and passes it on', async () => {
    const begun: number[] = [];
    const map = mapConcurrently([1, 2, 3, 4, 5, 6], 2, async (item) => {
      begun.push(item);
      await Promise.resolve();
      if (item === 2) throw new Error('broken');
      await Promise.resolve();
    });
    await expect(map).rejects.toThrow('broken');
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toEqual([1, 2]);
  });
});
