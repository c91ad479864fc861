import { randomInt } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { dayOnAwsTrial } from '../src/day-on-aws/day-on-aws-trial.ts';

test('an hour of Weir on AWS with every fault at once ends in the tables, books, places and mails of one without a fault', async () => {
  const seed = randomInt(2 ** 32 - 2);
  const { counted, violations } = await dayOnAwsTrial.run({
    count: undefined,
    seed,
    warehouse: 'postgres',
    tell: () => undefined,
  });
  process.stderr.write(`${counted}; seed ${seed}; violations: ${violations.length}\n`);
  expect(violations).toEqual([]);
}, 600_000);
