import { randomInt } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Trial } from '../src/trial.ts';

/** Runs a trial on Postgres with a seed of chance, and prints what it counted with that seed. */
export async function expectNoViolations(trial: Trial, count?: number): Promise<void> {
  const seed = randomInt(2 ** 32 - 2);
  const { counted, violations } = await trial.run({ count, seed, warehouse: 'postgres', tell: () => undefined });
  process.stderr.write(`${counted}; seed ${seed}; violations: ${violations.length}\n`);
  expect(violations).toEqual([]);
}
