import { createHash } from 'node:crypto';

/**
 * A number from 0 to below 1 that depends on nothing but its arguments: what befalls the third answer to an operation is the
 * same in every run with a seed, in whatever order other things happen.
 */
export function chance(...parts: readonly (string | number)[]): number {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${String(part)}\0`);
  return hash.digest().readUIntBE(0, 6) / 2 ** 48;
}
