import fc from 'fast-check';
import { SHOP_CUSTOMERS, SHOP_PRODUCTS } from '../model/shop-words.ts';
import { arbitraryDeliveries } from '../schedules/arbitrary-deliveries.ts';
import type { LateSchedule, LateStep } from './late-schedule.ts';

type Arrival = Pick<LateStep, 'comes' | 'place'>;

export const arbitraryLateSchedules: fc.Arbitrary<LateSchedule> = arbitraryDeliveries.chain((deliveries) => {
  const arrivals = [
    ...arrivalsOf('delivery', deliveries),
    ...arrivalsOf('product', Object.keys(SHOP_PRODUCTS)),
    ...arrivalsOf('customer', Object.keys(SHOP_CUSTOMERS)),
  ];
  const steps = fc
    .tuple(
      fc.shuffledSubarray(arrivals, { minLength: arrivals.length }),
      fc.array(fc.record({ run: fc.boolean(), replay: fc.boolean() }), {
        minLength: arrivals.length,
        maxLength: arrivals.length,
      }),
    )
    .map(([order, after]) => order.map((arrival, i): LateStep => ({ ...arrival, ...after[i]! })));
  return fc.record({ deliveries: fc.constant(deliveries), steps, rejectsARun: fc.constantFrom(1, 2, 3, 1000) });
});

function arrivalsOf(comes: LateStep['comes'], all: readonly unknown[]): readonly Arrival[] {
  return all.map((_, place) => ({ comes, place }));
}
