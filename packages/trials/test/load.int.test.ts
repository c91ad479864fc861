import { expect, test } from '@jest/globals';
import { loadTrial } from '../src/load/load-trial.ts';

test('a thousand files at once are loaded; a restart of the server or a full disk costs a run at most, and no row', async () => {
  const { counted, violations } = await loadTrial.run({
    count: undefined,
    seed: 0,
    warehouse: 'postgres',
    tell: () => undefined,
  });
  process.stderr.write(`${counted}; violations: ${violations.length}\n`);
  expect(violations).toEqual([]);
}, 300_000);
