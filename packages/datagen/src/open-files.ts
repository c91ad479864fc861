import type { RowTexts } from './clean-row.ts';
import { DeliveryFile } from './delivery-file.ts';
import type { Delivery } from './delivery-plan.ts';
import type { FileFigures } from './expected-result.ts';
import type { FlawedRows } from './flawed-row.ts';
import type { Life } from './life.ts';
import type { Purchase } from './purchase.ts';
import type { RowVerdict } from './row-verdict.ts';
import { TransactionRow } from './transaction-row.ts';
import { applyDelivery, deliveredVerdict, fillRow } from './winner.ts';

/** What a reader must find in one file. */
export interface ReadingFigures extends FileFigures {
  readonly codes: ReadonlyMap<string, number>;
}

/** The files of the day that is being written: the first one, and those that repeat or correct it. */
export class OpenFiles {
  /** Of all files so far. */
  rows = 0;
  /** Of all closed files. */
  bytes = 0;
  /** Of all closed files. */
  readonly figures = new Map<Delivery, ReadingFigures>();

  readonly #folder: string;
  readonly #texts: RowTexts;
  readonly #flaws: FlawedRows;
  readonly #verdicts: RowVerdict;
  readonly #row = new TransactionRow();
  #files: DeliveryFile[] = [];

  /** @param folder that the keys are relative to */
  constructor(folder: string, texts: RowTexts, flaws: FlawedRows, verdicts: RowVerdict) {
    this.#folder = folder;
    this.#texts = texts;
    this.#flaws = flaws;
    this.#verdicts = verdicts;
  }

  get isEmpty(): boolean {
    return this.#files.length === 0;
  }

  open(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) {
      this.#files.push(new DeliveryFile(this.#folder, delivery, this.#texts, this.#flaws));
    }
  }

  /** Adds a row of the transaction last read to every open file, as each of them tells it. */
  add(index: number, place: number, purchase: Purchase, life: Life): void {
    const row = this.#row;
    for (const file of this.#files) {
      fillRow(row, purchase, life, place);
      row.index = index;
      applyDelivery(row, this.#verdicts, file.delivery);
      file.add(row, deliveredVerdict(this.#verdicts, purchase.hash, place, file.delivery));
    }
    this.rows += this.#files.length;
  }

  close(): void {
    for (const file of this.#files) {
      file.close();
      this.bytes += file.bytesWritten;
      this.figures.set(file.delivery, { read: file.read, rejected: file.rejected, codes: file.codes });
    }
    this.#files = [];
  }

  /** Leaves nothing half written behind. */
  discard(): void {
    for (const file of this.#files) file.discard();
  }
}
