import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Fact } from '../../../src/ports/fact-reader.port.ts';
import { arbitraryDeliveries, type Delivery } from '../../support/arbitrary-deliveries.ts';
import { DIMENSIONS, openBareWorld, openWorld, type World } from '../../support/world.ts';

const SCHEDULES = 300;
const STEPS = 6 + DIMENSIONS.length;

type Step = (world: World) => Promise<unknown>;

/** A rank for each step, and after which of them a run or a replay is made. */
const schedule = fc.record({
  ranks: fc.array(fc.nat(1_000_000), { minLength: STEPS, maxLength: STEPS }),
  runs: fc.array(fc.boolean(), { minLength: STEPS, maxLength: STEPS }),
  replays: fc.array(fc.boolean(), { minLength: STEPS, maxLength: STEPS }),
  rejectsARun: fc.integer({ min: 1, max: 4 }),
});

async function dimensionsFirst(all: readonly Delivery[]): Promise<readonly Fact[]> {
  const world = await openWorld();
  for (const delivery of all) await land(delivery)(world);
  await world.run();
  return world.facts();
}

function land({ key, content, modifiedAt }: Delivery): Step {
  return async (world) => {
    // A run comes before a delivery that would take the place of another, else that one would never have been delivered.
    if (world.landing.peek(key) !== undefined) await world.run();
    world.landing.put(key, content, modifiedAt);
  };
}

describe('the fact table', () => {
  test('is the same where dimensions come late and rejects are replayed, in any order', async () => {
    let healed = 0;
    let stale = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryDeliveries, schedule, async (all, { ranks, runs, replays, rejectsARun }) => {
        const world = openBareWorld();
        const replay = async () => {
          const report = await world.replay({ rejectsARun });
          healed += report.healed;
          stale += report.totals.stale;
        };
        const steps = [...all.map(land), ...DIMENSIONS].map((step, i) => ({ step, rank: ranks[i]! }));
        for (const [place, { step }] of steps.sort((a, b) => a.rank - b.rank).entries()) {
          await step(world);
          if (runs[place]) await world.run();
          if (replays[place]) await replay();
        }
        await world.run();
        await replay();
        expect(await world.facts()).toEqual(await dimensionsFirst(all));
      }),
      { numRuns: SCHEDULES },
    );
    // Else the generator would have lost its way.
    expect(healed).toBeGreaterThan(SCHEDULES);
    expect(stale).toBeGreaterThan(SCHEDULES / 50);
  }, 120_000);
});
