import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InMemoryWarehouse } from '../../../src/testing/index.ts';
import { checkUndoneRuns, SEEN, undoneRuns } from '../../support/undone-runs.ts';

const SCHEDULES = 500;

test('after an undo the facts are those of the other runs, or it says which ones it left', async () => {
  const seen = { ...SEEN };
  await fc.assert(
    fc.asyncProperty(undoneRuns, async (story) => checkUndoneRuns(story, seen, async () => new InMemoryWarehouse())),
    { numRuns: SCHEDULES },
  );
  // Else the generator would have lost its way. Usual are 90, 170, 34 and 68: far enough away for any seed.
  expect(seen.restored).toBeGreaterThan(SCHEDULES / 25);
  expect(seen.deleted).toBeGreaterThan(SCHEDULES / 10);
  expect(seen.left).toBeGreaterThan(SCHEDULES / 100);
  expect(seen.again).toBeGreaterThan(SCHEDULES / 25);
}, 120_000);
