/**
 * A time as Node takes it, from nanoseconds. That is a binary fraction, so it stays clear of both ends of its millisecond:
 * the whole milliseconds are kept, the rest to a few microseconds.
 */
export function toSeconds(nanoseconds: bigint): number {
  const milliseconds = nanoseconds / 1_000_000n;
  const rest = Number(nanoseconds % 1_000_000n);
  return (Number(milliseconds) + Math.min(Math.max(rest / 1e6, 0.002), 0.998)) / 1000;
}
