import type { Split } from '../protocol/split.ts';

/**
 * Parts splits into partitions of about the same size: the largest first, each to the partition that has the least. A worker
 * builds its dimensions anew for each partition, so there is one partition a worker. There are two where they are so large
 * that this does not count: then who is done early takes work from who is slow.
 */
export function partitionSplits(splits: readonly Split[], parallelism: number): readonly (readonly Split[])[] {
  const workers = Math.max(1, parallelism);
  const bytesAWorker = splits.reduce((sum, { landed }) => sum + landed.size, 0) / workers;
  const rounds = bytesAWorker < 2 * LARGE_PARTITION_BYTES ? 1 : 2;
  const count = Math.min(splits.length, workers * rounds);
  const partitions = Array.from({ length: count }, () => ({ splits: [] as Split[], bytes: 0 }));
  const largestFirst = splits.toSorted((a, b) => b.landed.size - a.landed.size || a.fileNo - b.fileNo);
  for (const split of largestFirst) {
    const least = partitions.reduce((a, b) => (weigh(b) < weigh(a) ? b : a));
    least.splits.push(split);
    least.bytes += split.landed.size;
  }
  return partitions.map((partition) => partition.splits);
}

/** Takes a worker ten times as long as a million customers. */
const LARGE_PARTITION_BYTES = 256_000_000;

/** Opening a file costs about as much as reading this many bytes. */
const BYTES_A_FILE = 1_000_000;

function weigh({ splits, bytes }: { readonly splits: readonly Split[]; readonly bytes: number }): number {
  return bytes + splits.length * BYTES_A_FILE;
}
