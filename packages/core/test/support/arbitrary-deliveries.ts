import fc from 'fast-check';
import { csv, keyOf } from './world.ts';

export interface Delivery {
  readonly key: string;
  readonly content: string;
  readonly modifiedAt: number;
}

export const START = Date.UTC(2023, 2, 20);
/** Rows that meet often and often say the same: few transactions, days and statuses; some are bad. */
const line = fc
  .tuple(
    fc.constantFrom('T-1', 'é'),
    fc.constantFrom('C-1,P-1', 'C-1,P-1', 'C-1,P-1', 'C-2,P-2', 'C-1,P-9'),
    fc.constantFrom('1,10', '1,10.00', '2,10', '+1,10', '0,10'),
    fc.constantFrom('2023-03-14', '2023-03-15'),
    fc.constantFrom('Cash', 'cash'),
    fc.constantFrom('Pending', 'Completed', 'completed', 'Refunded'),
  )
  .map((values) => values.join(','));
const content = fc.oneof(
  { weight: 8, arbitrary: fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => csv(...lines)) },
  { weight: 1, arbitrary: fc.constantFrom(csv(), 'a,b\n1,2\n', '') },
);
const key = fc.constantFrom(
  keyOf('2023-03-15'),
  keyOf('2023-03-16'),
  keyOf('2023-03-15', 'part-\uffee.csv'),
  keyOf('2023-03-15', 'part-😀.csv'),
  'flat/transactions_2023-03-14.csv',
  'flat/undated.csv',
);
/** Corrected deliveries come of themselves: one key, another content, another time. */
export const arbitraryDeliveries = fc
  .uniqueArray(fc.tuple(key, content, fc.integer({ min: 0, max: 5 })), {
    minLength: 2,
    maxLength: 6,
    comparator: ([name, text, hours], [otherName, otherText, otherHours]) =>
      name === otherName && (text === otherText || hours === otherHours),
  })
  .map((all) =>
    all.map(([name, text, hours]): Delivery => ({ key: name, content: text, modifiedAt: START + hours * 3_600_000 })),
  );
