import { TAB } from '../intake/byte-kinds.ts';
import type { RecordBatch } from '../intake/record-batch.ts';
import type { DimensionColumn } from '../rules/dimension-columns.ts';
import { readPrice } from '../rules/read-price.ts';
import type { ByteWriter } from './byte-writer.ts';

/** All values of a row at their longest, all escaped. */
export const MAX_LINE_BYTES = 2048;

/** Writes values of a good row as staged text. */
export class DimensionValueWriter {
  private readonly slots: Int32Array;
  private readonly isPrice: Uint8Array;

  /** @param columns those of the batch; @param written names of those that are written, in order */
  constructor(columns: readonly DimensionColumn[], written: readonly string[]) {
    const places = written.map((name) => columns.findIndex((column) => column.name === name));
    this.slots = Int32Array.from(places);
    this.isPrice = Uint8Array.from(places, (place) => (columns[place]!.bytes === undefined ? 1 : 0));
  }

  /** A tab stands between the values; `writer` has room for `MAX_LINE_BYTES`. */
  write(writer: ByteWriter, { bytes, starts, ends, width }: RecordBatch, row: number): void {
    const { slots, isPrice } = this;
    const base = row * width;
    for (let i = 0; i < slots.length; i++) {
      if (i > 0) writer.putByte(TAB);
      const start = starts[base + slots[i]!]!;
      const end = ends[base + slots[i]!]!;
      if (isPrice[i] === 1) writer.putMoney(readPrice(bytes, start, end));
      else writer.putEscaped(bytes, start, end);
    }
  }
}
