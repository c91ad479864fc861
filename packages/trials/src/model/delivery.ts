import { hash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Word } from './shop-words.ts';

export interface DeliveredRow {
  readonly transaction: Word;
  readonly customer: Word;
  readonly product: Word;
  readonly quantity: Word;
  readonly price: Word;
  readonly date: Word;
  readonly payment: Word;
  readonly status: Word;
  /** Blank lines are no rows, but they move those behind them. */
  readonly isAfterBlank: boolean;
}

/** One content of one key, as it was delivered first. */
export interface Delivery {
  readonly key: string;
  /** Of the first time that it came. */
  readonly modifiedAt: number;
  readonly rows: readonly DeliveredRow[];
  /** Undefined where `rows` say what is in the file. */
  readonly special: SpecialContent | undefined;
}

export type SpecialContent = 'zero-bytes' | 'strange-header';

/** A row where it stands in its file. */
export interface PlacedRow {
  readonly row: DeliveredRow;
  readonly line: number;
  readonly text: string;
}

const HEADER = 'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status';

export function placeRows({ rows }: Delivery): readonly PlacedRow[] {
  let line = 1;
  return rows.map((row) => {
    line += row.isAfterBlank ? 2 : 1;
    return { row, line, text: writeRow(row) };
  });
}

const contents = new WeakMap<Delivery, Uint8Array>();

export function contentOf(delivery: Delivery): Uint8Array {
  const known = contents.get(delivery);
  if (known !== undefined) return known;
  const text = new TextEncoder().encode(textOf(delivery));
  const content = delivery.key.endsWith('.gz') ? gzipSync(text) : text;
  contents.set(delivery, content);
  return content;
}

export function textOf(delivery: Delivery): string {
  if (delivery.special === 'zero-bytes') return '';
  if (delivery.special === 'strange-header') return 'a,b\n1,2\n';
  return `${HEADER}\n${delivery.rows.map((row) => `${row.isAfterBlank ? '\n' : ''}${writeRow(row)}\n`).join('')}`;
}

export function hashOf(bytes: Uint8Array): string {
  return `sha256:${hash('sha256', bytes)}`;
}

function writeRow({ transaction, customer, product, quantity, price, date, payment, status }: DeliveredRow): string {
  return [transaction, customer, product, quantity, price, date, payment, status].map(({ text }) => text).join(',');
}
