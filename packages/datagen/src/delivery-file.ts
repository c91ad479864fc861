import { join } from 'node:path';
import { putCleanRow, type RowTexts } from './clean-row.ts';
import type { Delivery } from './delivery-plan.ts';
import { mix } from './draw.ts';
import { FileSink } from './file-sink.ts';
import type { FlawedRow, FlawedRows } from './flawed-row.ts';
import { FOREIGN_BYTE } from './row-structure.ts';
import { CLEAN } from './row-verdict.ts';
import type { TransactionRow } from './transaction-row.ts';

const MOST_BYTES_OF_A_ROW = 4096;
const MEGABYTE = 1024 * 1024;
const HEADER = 'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status';
const UNUSUAL_HEADER =
  ' Transaction_Date ,TRANSACTION_ID,customer_id , Product_ID,price,Quantity,STATUS,payment_type,note';
const UNUSUAL_ORDER = [5, 0, 1, 2, 4, 3, 7, 6];
const NOTE_SALT = 0x7137449d;
/** Each begins with a letter: behind an unclosed quote of an earlier row, its opening quote must not read as a close. */
const NOTES = ['', '', '', 'gift', '"Leave at the door, please"', '"Say ""hello"" for me"', '"Ring twice\nthen wait"'];
const FOREIGN = FOREIGN_BYTE.charCodeAt(0);
/** Never part of UTF-8, a lone lead byte, a lone continuation byte. */
const FOREIGN_BYTES = [0xff, 0xc3, 0x80];

/** One delivered file while it is written, and what a reader must find in it. */
export class DeliveryFile {
  readonly delivery: Delivery;
  read = 0;
  rejected = 0;
  /** How often each code was earned. */
  readonly codes = new Map<string, number>();
  readonly #sink: FileSink;
  readonly #lineBreak: Buffer;
  readonly #texts: RowTexts;
  readonly #flaws: FlawedRows;

  constructor(folder: string, delivery: Delivery, texts: RowTexts, flaws: FlawedRows) {
    const { key, modified, format } = delivery;
    this.delivery = delivery;
    this.#texts = texts;
    this.#flaws = flaws;
    this.#lineBreak = Buffer.from(format.lineBreak);
    this.#sink = new FileSink({ path: join(folder, key), modified, gzip: format.gzip });
    this.#sink.text((format.byteOrderMark ? '\ufeff' : '') + (format.unusualHeader ? UNUSUAL_HEADER : HEADER));
    this.#endLine();
    if (format.oversizedRow) this.#addOversizedRow();
  }

  get bytesWritten(): number {
    return this.#sink.written;
  }

  add(row: TransactionRow, verdict: number): void {
    this.#sink.reserve(MOST_BYTES_OF_A_ROW);
    this.read++;
    const { unusualHeader } = this.delivery.format;
    if (verdict === CLEAN && !unusualHeader && !row.unknownProduct && !row.unknownCustomer) {
      this.#sink.length = putCleanRow(this.#sink.bytes, this.#sink.length, row, this.#texts);
      this.#endLine();
      return;
    }
    const flawed = this.#flaws.of(row, verdict, this.delivery.day);
    if (flawed.codes.length > 0) this.#reject(flawed.codes);
    this.#addText((unusualHeader ? unusual(flawed, row.hash) : flawed.fields).join(','), row.hash);
    this.#endLine();
    if (flawed.blankLineBehind) this.#endLine();
  }

  close(): void {
    if (this.delivery.format.missingFinalLineBreak) this.#sink.length -= this.#lineBreak.length;
    this.#sink.close();
  }

  discard(): void {
    this.#sink.discard();
  }

  #reject(codes: readonly string[]): void {
    this.rejected++;
    for (const code of codes) this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
  }

  #addText(text: string, hash: number): void {
    const from = this.#sink.length;
    this.#sink.text(text);
    if (!text.includes(FOREIGN_BYTE)) return;
    const end = this.#sink.length;
    for (let at = from; at < end; at++) {
      if (this.#sink.bytes[at] === FOREIGN) this.#sink.bytes[at] = FOREIGN_BYTES[hash % FOREIGN_BYTES.length] as number;
    }
  }

  #endLine(): void {
    this.#sink.length += this.#lineBreak.copy(this.#sink.bytes, this.#sink.length);
  }

  /** First of all rows, so that no unclosed quote stands before it. */
  #addOversizedRow(): void {
    this.read++;
    this.#reject(['row-too-long']);
    this.#sink.chunk(Buffer.alloc(MEGABYTE + 1 + (mix(this.delivery.day) % 1000), 'x'));
    this.#endLine();
  }
}

/** Another order of columns and a note behind them. A wrong number of fields stays wrong. */
function unusual({ fields, noQuotes }: FlawedRow, hash: number): string[] {
  if (fields.length < UNUSUAL_ORDER.length) return fields;
  const note = noQuotes ? '' : (NOTES[mix(hash + NOTE_SALT) % NOTES.length] as string);
  return fields.length > UNUSUAL_ORDER.length
    ? [...fields, '']
    : [...UNUSUAL_ORDER.map((column) => fields[column] as string), note];
}
