import { randomInt } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { largeDayTrial } from '../src/large-day/large-day-trial.ts';

test('a large day becomes the books and the facts of the answer key of its generator', async () => {
  const seed = randomInt(2 ** 32 - 1);
  const { counted, violations } = await largeDayTrial.run({
    count: undefined,
    seed,
    warehouse: 'postgres',
    tell: () => undefined,
  });
  process.stderr.write(`${counted}; seed ${seed}; violations: ${violations.length}\n`);
  expect(violations).toEqual([]);
}, 300_000);
