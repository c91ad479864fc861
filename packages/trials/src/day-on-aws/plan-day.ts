import type { Chance } from '../kills/choose-points.ts';
import type { DeliveredRow, SpecialContent } from '../model/delivery.ts';
import { CUSTOMERS, DATES, PAYMENTS, PRICES, PRODUCTS, QUANTITIES, STATUSES, type Word } from '../model/shop-words.ts';

/** What lands at the beginning of a quarter of an hour. */
export type Arrival =
  | {
      readonly kind: 'file';
      readonly key: string;
      readonly rows: readonly DeliveredRow[];
      readonly special: SpecialContent | undefined;
    }
  /** A file that came before, and was not corrected, comes once more as it was; not where it is still on its way. */
  | { readonly kind: 'again'; readonly key: string }
  /** The first so many products and customers of the shop. */
  | { readonly kind: 'dimensions'; readonly products: number; readonly customers: number };

export type Quarter = readonly Arrival[];

const QUARTERS_AN_HOUR = 4;
const MOST_FILES = 3;
const MOST_ROWS = 40;

/**
 * A day of a shop, which may be shorter: a daily file and its like every quarter of an hour, late refunds, corrected and repeated
 * files, empty and foreign ones, and products and customers that come long after the first rows of theirs.
 */
export function planDay(hours: number, chance: Chance): readonly Quarter[] {
  const quarters = hours * QUARTERS_AN_HOUR;
  const keys: string[] = [];
  const corrected = new Set<string>();
  const late = { products: Math.ceil(quarters / 3), customers: Math.ceil((2 * quarters) / 3) };

  function arrivalsOf(quarter: number): Quarter {
    const known = { products: quarter < late.products ? 1 : 2, customers: quarter < late.customers ? 1 : 2 };
    const brings = quarter === 0 || Object.values(late).includes(quarter);
    const files = Array.from({ length: 1 + chance(MOST_FILES) }, (_, i) => fileOf(quarter, i));
    return [...(brings ? [{ kind: 'dimensions' as const, ...known }] : []), ...correctionOf(), ...againOf(), ...files];
  }

  function fileOf(quarter: number, i: number): Arrival {
    const day = 14 + (Math.floor(quarter / QUARTERS_AN_HOUR) % 15);
    const ending = chance(8) === 0 ? '.csv.gz' : '.csv';
    const key = `transactions/year=2023/month=03/day=${day}/transactions_2023-03-${day}_${quarter}_${i}${ending}`;
    keys.push(key);
    const special = chance(20) === 0 ? pick(['zero-bytes', 'strange-header'] as const) : undefined;
    return { kind: 'file', key, rows: special === undefined ? rowsUpTo(quarter) : [], special };
  }

  function correctionOf(): Quarter {
    if (keys.length === 0 || chance(4) > 0) return [];
    const key = pick(keys);
    corrected.add(key);
    return [{ kind: 'file', key, rows: rowsUpTo(keys.length), special: undefined }];
  }

  function againOf(): Quarter {
    const key = keys.length === 0 ? undefined : pick(keys);
    return key === undefined || corrected.has(key) || chance(4) > 0 ? [] : [{ kind: 'again', key }];
  }

  /** Transactions of earlier quarters too: their late refunds, and what was stored already. */
  function rowsUpTo(quarter: number): readonly DeliveredRow[] {
    return Array.from({ length: 1 + chance(MOST_ROWS) }, () => {
      const id = `D-${chance((1 + quarter) * MOST_ROWS)}`;
      return {
        transaction: { text: id, value: id },
        customer: often(CUSTOMERS),
        product: chance(50) === 0 ? PERSON : often(PRODUCTS),
        quantity: often(QUANTITIES),
        price: often(PRICES),
        date: often(DATES),
        payment: often(PAYMENTS),
        status: often(STATUSES),
        isAfterBlank: chance(10) === 0,
      };
    });
  }

  function often(words: readonly Word[]): Word {
    const good = words.filter(({ fault }) => fault === undefined);
    return pick(chance(8) > 0 ? good : words);
  }

  function pick<Value>(values: readonly Value[]): Value {
    return values[chance(values.length)]!;
  }

  return Array.from({ length: quarters }, (_, quarter) => arrivalsOf(quarter));
}

/** Somebody put an address where it does not belong. */
const PERSON: Word = { text: 'canary@example.org', value: 'canary@example.org', fault: 'product-unknown' };
