import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Fact } from '../../src/ports/fact-reader.port.ts';
import { arbitraryDeliveries, type Delivery, START } from '../support/arbitrary-deliveries.ts';
import { csv, keyOf, openWorld, row } from '../support/world.ts';

const SCHEDULES = 300;

/** Where each delivery comes, some of them twice, and after which the run is made. */
const schedule = fc.tuple(
  fc.array(fc.nat(1_000_000), { minLength: 12, maxLength: 12 }),
  fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }),
  fc.array(fc.nat(7), { maxLength: 4 }),
);

async function playOut(
  order: readonly Delivery[],
  runsAfter: (place: number) => boolean,
  terminalStatuses: readonly string[],
): Promise<readonly Fact[]> {
  const world = await openWorld({ terminalStatuses: [...terminalStatuses] });
  for (const [place, { key: name, content: text, modifiedAt }] of order.entries()) {
    // A run comes before a delivery that would take the place of another, else that one would never have been delivered.
    if (world.landing.peek(name) !== undefined) await world.run();
    world.landing.put(name, text, modifiedAt);
    if (runsAfter(place)) await world.run();
  }
  await world.run();
  return world.facts();
}

describe('the fact table', () => {
  test('is a function of the set of deliveries: any order, any split into runs, any repetition', async () => {
    let facts = 0;
    let corrected = 0;
    await fc.assert(
      fc.asyncProperty(
        arbitraryDeliveries,
        schedule,
        fc.constantFrom([], ['Refunded']),
        async (all, [numbers, splits, repeats], terminal) => {
          const expected = await playOut(all, () => false, terminal);
          const ranked = [...all, ...repeats.flatMap((place) => all[place] ?? [])].map((delivery, i) => ({
            delivery,
            rank: numbers[i]!,
          }));
          const order = ranked.sort((a, b) => a.rank - b.rank).map(({ delivery }) => delivery);
          expect(await playOut(order, (place) => splits[place % splits.length]!, terminal)).toEqual(expected);
          facts += expected.length;
          if (new Set(all.map(({ key: name }) => name)).size < all.length) corrected++;
        },
      ),
      { numRuns: SCHEDULES },
    );
    // Else the generator would have lost its way.
    expect(facts).toBeGreaterThan(SCHEDULES);
    expect(corrected).toBeGreaterThan(SCHEDULES / 50);
  }, 120_000);

  // Holes in the rules, found by the property above before its deliveries were kept apart by time. They turn red when closed.
  const one = (quantity: number, hours: number): Delivery => ({
    key: keyOf('2023-03-15'),
    content: csv(row('T-1', { quantity })),
    modifiedAt: START + hours * 3_600_000,
  });
  const bothWays = async (order: readonly Delivery[]) => {
    const forth = await playOut(order, () => true, []);
    expect(await playOut(order.toReversed(), () => true, [])).toEqual(forth);
  };

  test.failing('does not depend on the order of two contents of one key with one time of modification', () =>
    bothWays([one(1, 0), one(2, 0)]));

  test.failing('does not depend on the order where a first content of a key comes back after another', () =>
    bothWays([one(1, 0), one(2, 1), one(1, 2)]));

  test('does not depend on the order of three contents of one key at three times', () =>
    bothWays([one(1, 0), one(2, 1), one(3, 2)]));
});
