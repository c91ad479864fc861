import type { Split } from '../protocol/split.ts';

/**
 * Parts splits into at most `count` partitions of about the same size: the largest first, each to the partition that has the
 * least. A process builds its dimensions once, so there are no more partitions than are worked on in two rounds.
 */
export function partitionSplits(splits: readonly Split[], parallelism: number): readonly (readonly Split[])[] {
  const count = Math.min(splits.length, Math.max(1, parallelism) * ROUNDS);
  const partitions = Array.from({ length: count }, () => ({ splits: [] as Split[], bytes: 0 }));
  const largestFirst = splits.toSorted((a, b) => b.landed.size - a.landed.size || a.fileNo - b.fileNo);
  for (const split of largestFirst) {
    const least = partitions.reduce((a, b) => (weigh(b) < weigh(a) ? b : a));
    least.splits.push(split);
    least.bytes += split.landed.size;
  }
  return partitions.map((partition) => partition.splits);
}

const ROUNDS = 2;

/** Opening a file costs about as much as reading this many bytes. */
const BYTES_A_FILE = 1_000_000;

function weigh({ splits, bytes }: { readonly splits: readonly Split[]; readonly bytes: number }): number {
  return bytes + splits.length * BYTES_A_FILE;
}
