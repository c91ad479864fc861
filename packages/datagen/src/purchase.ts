import type { CustomerBase } from './customer-base.ts';
import type { DayTable } from './day-table.ts';
import { below, boundOf, mix } from './draw.ts';
import type { LongTail } from './long-tail.ts';
import type { ProductCatalog } from './product-catalog.ts';
import type { ResolvedOptions } from './resolve-options.ts';
import { daypartOf, hourAt } from './seasonality.ts';

const INDEX_SALT = 0x3c6ef372;
const BASKET_SALT = 0x1f83d9ab;
const CUSTOMER_SALT = 0x5be0cd19;
const PAYMENT_SALT = 0x510e527f;
const PRODUCT_SALT = 0x6a09e667;
const QUANTITY_SALT = 0x3bb67ae8;
const DISCOUNT_SALT = 0x4fe15a33;
const ORPHAN_SALT = 0x2a5f1c97;
const BOUNDARY_SALT = 0x7de1b2a5;

/** Every line of a basket but the first continues it: 2.5 lines on average. */
const BASKET_STARTS = boundOf(0.4);
const QUANTITIES = slots([40, 12, 4, 3, 1, 2, 0, 0, 0, 1, 0, 1], 1);
const DISCOUNT_PERCENTS = Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 5, 10, 10, 15, 20, 30]);
/** Shares of the payment types in 64ths: office hours, evening, night. */
const PAYMENTS = [slots([22, 14, 10, 12, 3, 3], 0), slots([25, 14, 16, 2, 5, 2], 0), slots([24, 10, 24, 1, 5, 0], 0)];

const CLASS_BOUNDS = [9_999, 10_000, 49_999, 50_000];

/** What a transaction is about, before its statuses: a pure function of (seed, index). Holds the one last read. */
export class Purchase {
  hash = 0;
  customer = 0;
  product = 0;
  quantity = 0;
  /** Price of one piece in minor units. */
  cents = 0;
  payment = 0;
  unknownCustomer = false;
  unknownProduct = false;
  /** The latest date that a row may have: the day after its file's. */
  isDatedTomorrow = false;

  readonly #seed: number;
  readonly #days: DayTable;
  readonly #catalog: ProductCatalog;
  readonly #productTail: LongTail;
  readonly #customerTail: LongTail;
  readonly #unknownProductBound: number;
  readonly #orphanBound: number;
  readonly #boundaryBound: number;

  constructor(options: ResolvedOptions, days: DayTable, shop: Shop) {
    this.#seed = mix(options.seed);
    this.#days = days;
    this.#catalog = shop.catalog;
    this.#productTail = shop.productTail;
    this.#customerTail = shop.customerTail;
    this.#unknownProductBound = boundOf(options.knobs.unknownProducts);
    this.#orphanBound = boundOf(Math.min(1, options.knobs.unknownProducts + options.knobs.unknownCustomers));
    this.#boundaryBound = boundOf(options.knobs.boundaryValues);
  }

  /** Reads the transaction of an index that first occurred on the day numbered `day`, 0 being the first. */
  read(index: number, day: number): void {
    const hash = this.#hashOf(index);
    const first = this.#days.firstIndex[day] as number;
    let start = index;
    let basket = hash;
    while (start > first && mix(basket + BASKET_SALT) >= BASKET_STARTS) basket = this.#hashOf(--start);
    const hour = hourAt((start - first) / (this.#days.expectedNew[day] as number));
    this.hash = hash;
    this.customer = this.#customerTail.indexOf(mix(basket + CUSTOMER_SALT));
    this.payment = PAYMENTS[daypartOf(hour)]![mix(basket + PAYMENT_SALT) & 63] as number;
    this.product = this.#productTail.indexOf(mix(hash + PRODUCT_SALT));
    this.quantity = QUANTITIES[mix(hash + QUANTITY_SALT) & 63] as number;
    const list = this.#catalog.prices[this.product] as number;
    const off = DISCOUNT_PERCENTS[mix(hash + DISCOUNT_SALT) & 15] as number;
    this.cents = list - (((list * off + 50) / 100) | 0);
    this.#plantOrphan(mix(hash + ORPHAN_SALT));
    this.isDatedTomorrow = false;
    if (mix(hash + BOUNDARY_SALT) < this.#boundaryBound) this.#plantBoundary(mix(~hash));
  }

  #hashOf(index: number): number {
    return mix(mix(index + INDEX_SALT) ^ this.#seed);
  }

  #plantOrphan(draw: number): void {
    this.unknownProduct = draw < this.#unknownProductBound;
    this.unknownCustomer = !this.unknownProduct && draw < this.#orphanBound;
  }

  #plantBoundary(draw: number): void {
    const kind = below(draw, 6);
    this.isDatedTomorrow = kind === 0;
    if (kind === 0) return;
    this.quantity = kind === 1 ? 2_147_483_647 : 1;
    this.cents = kind === 1 ? 1 : kind === 2 ? 999_999_999_999 : kind === 3 ? 0 : (CLASS_BOUNDS[draw & 3] as number);
  }
}

/** What is sold to whom, and how unevenly. */
export interface Shop {
  readonly catalog: ProductCatalog;
  readonly customers: CustomerBase;
  readonly productTail: LongTail;
  readonly customerTail: LongTail;
}

/** Shares as a table to index with a few bits of a draw: entry `i` occurs `shares[i]` times. */
function slots(shares: readonly number[], first: number): Uint8Array {
  return Uint8Array.from(shares.flatMap((share, i) => Array<number>(share).fill(i + first)));
}
