import type { Delivery } from './delivery-plan.ts';
import type { Life } from './life.ts';
import type { Purchase } from './purchase.ts';
import { amendedQuantity, CLEAN, correctedCents, FAULTY, type RowVerdict } from './row-verdict.ts';
import type { TransactionRow } from './transaction-row.ts';

const RANKS = 8;
/** Dates may lie a few days before the first generated day. */
const DATE_SHIFT = 64;

/**
 * Decides which delivered row of a transaction ends up in the fact table. Versions compare by date, rank, day of the
 * file and its time, then line: rows of a life keep their order of lines, so the later of two equal ones wins.
 */
export class Winner {
  readonly #deliveries: readonly (readonly Delivery[] | undefined)[];
  readonly #deliveryCount: number;
  readonly #verdicts: RowVerdict;

  /** @param deliveries by the day of their file, in any order */
  constructor(deliveries: readonly (readonly Delivery[] | undefined)[], deliveryCount: number, verdicts: RowVerdict) {
    this.#deliveries = deliveries;
    this.#deliveryCount = deliveryCount;
    this.#verdicts = verdicts;
  }

  /** Puts the winning row into `row`; `false` where no delivered row is valid. */
  find(purchase: Purchase, life: Life, row: TransactionRow): boolean {
    if (purchase.unknownProduct || purchase.unknownCustomer) return false;
    let best = -1;
    for (let place = 0; place < life.rows; place++) {
      const deliveries = this.#deliveries[life.day[place] as number];
      if (deliveries === undefined) continue;
      const rank = ((life.date[place] as number) + DATE_SHIFT) * RANKS + (life.status[place] as number);
      for (let i = 0; i < deliveries.length; i++) {
        const delivery = deliveries[i] as Delivery;
        const version = rank * this.#deliveryCount + delivery.ordinal;
        if (version < best || deliveredVerdict(this.#verdicts, purchase.hash, place, delivery) === FAULTY) continue;
        best = version;
        fillRow(row, purchase, life, place);
        applyDelivery(row, this.#verdicts, delivery);
      }
    }
    return best >= 0;
  }
}

/** What a file makes of a row: a corrected file mends some. */
export function deliveredVerdict(verdicts: RowVerdict, hash: number, place: number, delivery: Delivery): number {
  const verdict = verdicts.of(hash, place);
  if (verdict !== FAULTY || delivery.correction === -1) return verdict;
  return verdicts.isCorrected(hash, place, delivery.correction) ? CLEAN : FAULTY;
}

/** What the first delivery of a row says. */
export function fillRow(row: TransactionRow, purchase: Purchase, life: Life, place: number): void {
  row.hash = purchase.hash;
  row.place = place;
  row.customer = purchase.customer;
  row.product = purchase.product;
  row.unknownCustomer = purchase.unknownCustomer;
  row.unknownProduct = purchase.unknownProduct;
  row.quantity = life.amended[place] === 1 ? amendedQuantity(purchase.quantity) : purchase.quantity;
  row.cents = purchase.cents;
  row.date = life.date[place] as number;
  row.payment = purchase.payment;
  row.status = life.status[place] as number;
}

/** Changes the row to what this file says of it. */
export function applyDelivery(row: TransactionRow, verdicts: RowVerdict, delivery: Delivery): void {
  if (delivery.correction === -1) return;
  if (verdicts.of(row.hash, row.place) === FAULTY) return;
  if (verdicts.isCorrected(row.hash, row.place, delivery.correction)) row.cents = correctedCents(row.cents);
}
