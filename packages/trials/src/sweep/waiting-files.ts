import type { DeliveredRow, Delivery } from '../model/delivery.ts';
import type { Word } from '../model/shop-words.ts';

/** What a sweep begins with: some days are loaded, and files of every fate wait. */
export interface WaitingFiles {
  /** Committed and archived before the sweep. */
  readonly loaded: readonly Delivery[];
  /** In the order of their arrival. */
  readonly waiting: readonly Delivery[];
  /** Comes once more among the waiting ones, as it was. */
  readonly again: readonly Delivery[];
}

const correctedDay = keyOf('2023-03-14');
const FIRST = deliver(correctedDay, 0, [row('T-1', { date: '2023-03-14' }), row('T-2', { date: '2023-03-14' })]);
const KNOWN = deliver(keyOf('2023-03-15'), 1, [row('T-3'), row('T-4')]);
const CORRECTED = deliver(correctedDay, 2, [
  row('T-1', { date: '2023-03-14', quantity: '3' }),
  row('T-2', { date: '2023-03-14' }),
]);
const NEW_DAY = deliver(keyOf('2023-03-16'), 3, [
  row('T-3', { status: 'Refunded' }),
  row('T-5'),
  { ...row('T-6'), quantity: { text: '0', value: '0', fault: 'quantity-not-positive' } },
]);
const PACKED = deliver(`${keyOf('2023-03-17')}.gz`, 4, [row('T-7'), row('T-7', { quantity: '2' })]);
const EMPTY = deliver(keyOf('2023-03-18'), 5, []);
const REFUSED: Delivery = { ...deliver(keyOf('2023-03-19'), 6, []), special: 'strange-header' };

export const ALL_FATES: WaitingFiles = {
  loaded: [FIRST, KNOWN],
  waiting: [CORRECTED, NEW_DAY, PACKED, EMPTY, REFUSED],
  again: [KNOWN],
};

/** Few calls, so that every pair of faults can be tried. */
export const FEW_FATES: WaitingFiles = { loaded: [KNOWN], waiting: [NEW_DAY, REFUSED], again: [KNOWN] };

/** As few, where more calls lie around each file. */
export const TWO_FATES: WaitingFiles = { loaded: [], waiting: [NEW_DAY, REFUSED], again: [] };

export function allOf({ loaded, waiting }: WaitingFiles): readonly Delivery[] {
  return [...loaded, ...waiting];
}

function keyOf(day: string): string {
  const [year, month, date] = day.split('-');
  return `transactions/year=${year}/month=${month}/day=${date}/transactions_${day}.csv`;
}

function deliver(key: string, hour: number, rows: readonly DeliveredRow[]): Delivery {
  return { key, modifiedAt: Date.UTC(2023, 2, 19, 6) + hour * 3_600_000, rows, special: undefined };
}

function row(
  id: string,
  {
    date = '2023-03-15',
    quantity = '1',
    status = 'Completed',
  }: { date?: string; quantity?: string; status?: string } = {},
): DeliveredRow {
  return {
    transaction: word(id),
    customer: word('C-1'),
    product: word('P-1'),
    quantity: word(quantity),
    price: word('9.99'),
    date: word(date),
    payment: word('Cash'),
    status: word(status),
    isAfterBlank: false,
  };
}

function word(text: string): Word {
  return { text, value: text };
}
