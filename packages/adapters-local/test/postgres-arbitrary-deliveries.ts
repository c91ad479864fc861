import { buildDelivery, type Delivery } from '@weir/core/testing';
import fc from 'fast-check';

/** Keys that a locale, UTF-16, a comparison without trailing blanks or a careless quote would put in another order. */
const KEYS = [
  'a.csv',
  'a.csv ',
  'a.csv\u0001',
  'B.csv',
  'b.csv',
  'é.csv',
  'e\u0301.csv',
  '\uff5e.csv',
  '\u{1f600}.csv',
  '\u{10ffff}',
  '_.csv',
  "o'b\\.csv",
];
const STATUSES = ['Pending', 'Failed', 'Completed', 'Cancelled', 'Refunded'];

const row = fc.record({
  transaction_id: fc.constantFrom('T', 't', '\u{1f600}'),
  customer_id: fc.constantFrom('C-1', 'C-2'),
  product_name: fc.constantFrom('Kettle', 'Kettle '),
  transaction_date: fc.constantFrom('2023-03-14', '2023-03-15'),
  status: fc.constantFrom(...STATUSES),
  source_line: fc.integer({ min: 2, max: 4 }),
});

/** Deliveries of which no two rows have the same version: few values, so that every field of it has to decide. */
export const arbitraryDeliveries: fc.Arbitrary<readonly Delivery[]> = fc
  .uniqueArray(
    fc.record({
      key: fc.constantFrom(...KEYS),
      sourceDay: fc.constantFrom('2023-03-14', '2023-03-15'),
      sourceModified: fc.constantFrom(1_000, 1_001, 20_000),
      rows: fc.uniqueArray(row, { minLength: 1, maxLength: 3, selector: ({ source_line }) => source_line }),
    }),
    {
      minLength: 1,
      maxLength: 7,
      selector: ({ key, sourceDay, sourceModified }) => `${key} ${sourceDay} ${sourceModified}`,
    },
  )
  .map((files) =>
    files.map((file) => buildDelivery({ ...file, contentHash: `${file.sourceDay} ${file.sourceModified}` })),
  );

/** Deliveries in any order, some of them again, cut into runs; a run holds a key once, as a landing place does. */
export function arbitraryRuns(deliveries: readonly Delivery[]): fc.Arbitrary<readonly (readonly Delivery[])[]> {
  const all = fc.shuffledSubarray([...deliveries], { minLength: deliveries.length });
  const again = fc.shuffledSubarray([...deliveries]);
  const places = deliveries.length * 2;
  return fc
    .tuple(all, again, fc.array(fc.boolean(), { minLength: places, maxLength: places }), fc.boolean())
    .map(([first, second, cuts, isInterleaved]) => {
      const order = isInterleaved
        ? first.flatMap((delivery, i) => [delivery, ...second.slice(i, i + 1)])
        : [...first, ...second];
      return cut(order, cuts);
    });
}

function cut(order: readonly Delivery[], cuts: readonly boolean[]): readonly (readonly Delivery[])[] {
  const runs: Delivery[][] = [];
  for (const [i, delivery] of order.entries()) {
    const last = runs.at(-1);
    if (last === undefined || cuts[i] === true || last.some(({ key }) => key === delivery.key)) runs.push([delivery]);
    else last.push(delivery);
  }
  return runs;
}
