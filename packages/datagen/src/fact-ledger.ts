import { createHash } from 'node:crypto';
import type { RowTexts } from './clean-row.ts';
import { type CustomerBase, membershipLevels } from './customer-base.ts';
import { transactionIdentifier } from './identifier.ts';
import { paymentTypes, statuses } from './lifecycle.ts';
import type { ProductCatalog } from './product-catalog.ts';
import { centsText, putCents, putInteger } from './put-number.ts';
import type { TransactionRow } from './transaction-row.ts';

const CAPACITY = 1024 * 1024;
const MOST_BYTES_OF_A_FACT = 1024;
const SEPARATOR = 0x1f;
const CLASSES = ['Small', 'Medium', 'Large'] as const;
const MEDIUM_FROM = 100_00;
const LARGE_FROM = 500_00;
/** Sums of minor units stay exact below this. */
const FOLD_AT = 2 ** 52;

const MIDDLES = paymentTypes.flatMap((payment) =>
  statuses.map((status) => Buffer.from(`\x1f${payment}\x1f${status}\x1f`)),
);
const CLASS_BYTES = CLASSES.map((name) => Buffer.from(name));
const LEVEL_BYTES = membershipLevels.map((name) => Buffer.from(`${name}\n`));

/** What the fact table must hold. */
export interface FactFigures {
  readonly facts: number;
  /** Two decimals. */
  readonly total_amount: string;
  readonly by_class: Readonly<Record<string, number>>;
  readonly by_status: Readonly<Record<string, number>>;
  /** Hexadecimal, over all facts in the byte order of transaction_id. */
  readonly facts_sha256: string;
}

/** Adds up facts that come in the order of their ids; keeps none of them. */
export class FactLedger {
  readonly #texts: RowTexts;
  readonly #catalog: ProductCatalog;
  readonly #customers: CustomerBase;
  readonly #hash = createHash('sha256');
  readonly #bytes = Buffer.allocUnsafe(CAPACITY);
  #length = 0;
  #facts = 0;
  #total = 0;
  #folded = 0n;
  readonly #byClass = new Float64Array(CLASSES.length);
  readonly #byStatus = new Float64Array(statuses.length);

  constructor(texts: RowTexts, catalog: ProductCatalog, customers: CustomerBase) {
    this.#texts = texts;
    this.#catalog = catalog;
    this.#customers = customers;
  }

  /** The total, quantity times price, must be below 2^52 minor units. */
  add(row: TransactionRow): void {
    const total = row.quantity * row.cents;
    const amountClass = total < MEDIUM_FROM ? 0 : total < LARGE_FROM ? 1 : 2;
    this.#facts++;
    this.#byClass[amountClass]!++;
    this.#byStatus[row.status]!++;
    this.#total += total;
    if (this.#total >= FOLD_AT) this.#fold();
    if (this.#length + MOST_BYTES_OF_A_FACT > CAPACITY) this.#flush();
    this.#length = this.#put(this.#bytes, this.#length, row, total, amountClass);
  }

  /** Once only, after the last fact. */
  figures(): FactFigures {
    this.#flush();
    this.#fold();
    return {
      facts: this.#facts,
      total_amount: centsText(this.#folded),
      by_class: countsAbove0(CLASSES, this.#byClass),
      by_status: countsAbove0(statuses, this.#byStatus),
      facts_sha256: this.#hash.digest('hex'),
    };
  }

  #put(out: Uint8Array, at: number, row: TransactionRow, total: number, amountClass: number): number {
    const { customers, products, dates, firstDay } = this.#texts;
    let to = transactionIdentifier.put(out, at, row.index);
    out[to++] = SEPARATOR;
    to = customers.put(out, to, row.customer);
    out[to++] = SEPARATOR;
    to = products.put(out, to, row.product);
    out[to++] = SEPARATOR;
    to = putInteger(out, to, row.quantity);
    out[to++] = SEPARATOR;
    to = putCents(out, to, row.cents);
    out[to++] = SEPARATOR;
    to = dates.put(out, to, firstDay + row.date);
    to = putBytes(out, to, MIDDLES[row.payment * statuses.length + row.status] as Buffer);
    to = putCents(out, to, total);
    out[to++] = SEPARATOR;
    to = putBytes(out, to, CLASS_BYTES[amountClass] as Buffer);
    to = this.#catalog.putTail(out, to, row.product);
    return putBytes(out, to, LEVEL_BYTES[this.#customers.levelOf(row.customer)] as Buffer);
  }

  #fold(): void {
    this.#folded += BigInt(this.#total);
    this.#total = 0;
  }

  #flush(): void {
    this.#hash.update(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
  }
}

function putBytes(out: Uint8Array, at: number, bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; i++) out[at + i] = bytes[i] as number;
  return at + bytes.length;
}

function countsAbove0(names: readonly string[], counts: Float64Array): Record<string, number> {
  const entries = names.map((name, i): [string, number] => [name, counts[i] as number]);
  return Object.fromEntries(entries.filter(([, count]) => count > 0));
}
