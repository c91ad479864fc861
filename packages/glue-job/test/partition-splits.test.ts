import { describe, expect, test } from '@jest/globals';
import { partitionSplits } from '../src/transform/partition-splits.ts';

const splits = (...sizes: readonly number[]) =>
  sizes.map((size, place) => ({
    kind: 'split' as const,
    fileNo: place + 1,
    landed: { key: `${place}.csv`, size, modifiedAt: 0, version: 'v' },
    committed: [],
  }));
const numbers = (partitions: ReturnType<typeof partitionSplits>) =>
  partitions.map((all) => all.map(({ fileNo }) => fileNo));

describe('splits are parted', () => {
  test('so that each has its place exactly once', () => {
    const all = splits(...Array.from({ length: 101 }, (_, i) => (i * 7919) % 5_000_000));
    const parted = numbers(partitionSplits(all, 4));
    expect(parted).toHaveLength(4);
    expect(parted.flat().sort((a, b) => a - b)).toEqual(all.map(({ fileNo }) => fileNo));
  });

  test('by size: a large one has a worker of its own', () => {
    expect(numbers(partitionSplits(splits(1e6, 9e9, 1e6, 1e6), 1))).toEqual([[2], [1, 3, 4]]);
  });

  test('by number where they are small', () => {
    expect(numbers(partitionSplits(splits(10, 10, 10, 10, 10, 10), 2)).map((all) => all.length)).toEqual([3, 3]);
  });

  test.each([
    ['once for each worker, since each part builds its dimensions anew', 511e6, 3],
    ['twice for each worker where the parts are large', 512e6, 6],
  ])('%s', (_, bytesAWorker, parts) => {
    const each = bytesAWorker / 4;
    expect(partitionSplits(splits(...Array.from({ length: 12 }, () => each)), 3)).toHaveLength(parts);
  });

  test('into no more parts than there are splits', () => {
    expect(partitionSplits(splits(5), 16)).toHaveLength(1);
    expect(partitionSplits([], 16)).toEqual([]);
  });

  test('in the same way every time', () => {
    const all = splits(3, 1, 4, 1, 5, 9, 2, 6);
    expect(partitionSplits(all, 2)).toEqual(partitionSplits(all.toReversed(), 2));
  });
});
