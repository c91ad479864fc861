import fc from 'fast-check';
import { type DeliveredRow, type Delivery, type SpecialContent, textOf } from '../model/delivery.ts';
import {
  CUSTOMERS,
  DATES,
  PAYMENTS,
  PRICES,
  PRODUCTS,
  QUANTITIES,
  STATUSES,
  TRANSACTIONS,
} from '../model/shop-words.ts';

/** The last two are in another order byte by byte than in UTF-16; one day has several files. */
const KEYS = [
  'transactions/year=2023/month=03/day=14/transactions_2023-03-14.csv',
  'transactions/year=2023/month=03/day=15/transactions_2023-03-15.csv',
  'flat/transactions_2023-03-14.csv',
  'flat/undated.csv',
  'transactions/year=2023/month=03/day=15/part-\uffee.csv',
  'transactions/year=2023/month=03/day=15/part-\u{1f600}.csv',
];
/** Rare, for unpacking takes longer than all else. */
const PACKED_KEY = 'transactions/year=2023/month=03/day=15/transactions_2023-03-15.csv.gz';
const START = Date.UTC(2023, 2, 14, 20);
const HOUR = 3_600_000;

const row: fc.Arbitrary<DeliveredRow> = fc.record({
  transaction: fc.constantFrom(...TRANSACTIONS),
  customer: often(CUSTOMERS),
  product: often(PRODUCTS),
  quantity: often(QUANTITIES),
  price: often(PRICES),
  date: often(DATES),
  payment: often(PAYMENTS),
  status: often(STATUSES),
  isAfterBlank: fc.constantFrom(false, false, true),
});

const special = fc.constantFrom<(SpecialContent | undefined)[]>(
  ...Array<undefined>(18).fill(undefined),
  'zero-bytes',
  'strange-header',
);

/** Hours are few, so that times meet; the last one is on another day. */
const delivery: fc.Arbitrary<Delivery> = fc
  .record({
    key: fc.constantFrom(...KEYS, ...KEYS, PACKED_KEY),
    hour: fc.constantFrom(0, 0, 0, 1, 2, 5),
    rows: fc.array(row, { maxLength: 4 }),
    special,
  })
  .map(({ key, hour, rows, special: content }) => ({
    key,
    modifiedAt: START + hour * HOUR,
    rows: content === undefined ? rows : [],
    special: content,
  }));

/**
 * Corrected deliveries come of themselves: one key, another content, another time. What rule 6 cannot order is left out: two
 * contents of one key with one time, and one content of a key at two times with another between them.
 */
export const arbitraryDeliveries: fc.Arbitrary<readonly Delivery[]> = fc.uniqueArray(delivery, {
  minLength: 1,
  maxLength: 5,
  comparator: (a, b) => a.key === b.key && (a.modifiedAt === b.modifiedAt || textOf(a) === textOf(b)),
});

/** Bad words stand last and come rarely, else hardly a row would be good. */
function often<Item extends { readonly fault?: unknown }>(words: readonly Item[]): fc.Arbitrary<Item> {
  const good = words.filter(({ fault }) => fault === undefined);
  return fc.constantFrom(...good, ...good, ...good, ...words);
}
