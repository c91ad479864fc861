import fc from 'fast-check';
import type { ModelPolicy } from '../model/judge-delivery.ts';
import { arbitraryDeliveries } from './arbitrary-deliveries.ts';
import type { Schedule, Step } from './schedule.ts';

const MOST_REPETITIONS = 4;

const policy: fc.Arbitrary<ModelPolicy> = fc.record({
  terminalStatuses: fc.constantFrom<string[][]>([], [], ['Refunded'], ['Cancelled', 'Refunded']),
  maxRejectRate: fc.constantFrom(1, 1, 0.5),
  decisions: fc.constantFrom('all', 'changes', 'none'),
});

const way = fc.record({
  as: fc.constantFrom('again', 'later', 'replay'),
  run: fc.constantFrom('none', 'none', 'all', 'some'),
});

/** Every delivery comes at least once, some more often, in any order. */
export const arbitrarySchedules: fc.Arbitrary<Schedule> = arbitraryDeliveries.chain((deliveries) => {
  const all = deliveries.map((_, i) => i);
  return fc.record({
    policy,
    keepsVersions: fc.boolean(),
    deliveries: fc.constant(deliveries),
    steps: fc
      .array(fc.constantFrom(...all), { maxLength: MOST_REPETITIONS })
      .chain((again) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }))
      .chain((order) => fc.tuple(...order.map((place) => way.map((of): Step => ({ delivery: place, ...of }))))),
  });
});
