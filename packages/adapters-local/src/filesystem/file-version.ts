import type { BigIntStats } from 'node:fs';

const NANOSECONDS_A_MILLISECOND = 1_000_000n;

/** A mark that another content under the same name has not: which file it is, how large, and when it was written. */
export function versionOf({ dev, ino, size, mtimeNs }: BigIntStats): string {
  return `${dev}-${ino}-${size}-${mtimeNs}`;
}

/** When a file was last written: milliseconds since 1970-01-01 UTC, rounded down. */
export function modifiedAtOf({ mtimeNs }: Pick<BigIntStats, 'mtimeNs'>): number {
  const milliseconds = mtimeNs / NANOSECONDS_A_MILLISECOND;
  return Number(mtimeNs % NANOSECONDS_A_MILLISECOND < 0n ? milliseconds - 1n : milliseconds);
}
