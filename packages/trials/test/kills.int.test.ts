import { randomInt } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { killsTrial } from '../src/kills/kills-trial.ts';

/** Of each setting, and as many double kills; the trial has more. */
const POINTS = 4;

test('weir ingest that is killed at an external call, and run again, ends as if nobody had killed it', async () => {
  const seed = randomInt(2 ** 32 - 1);
  const { counted, violations } = await killsTrial.run({
    count: POINTS,
    seed,
    warehouse: 'postgres',
    tell: () => undefined,
  });
  process.stderr.write(`${counted}; seed ${seed}; violations: ${violations.length}\n`);
  expect(violations).toEqual([]);
}, 600_000);
