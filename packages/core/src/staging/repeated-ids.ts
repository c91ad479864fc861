import type { RecordBatch } from '../intake/record-batch.ts';
import { DimensionIndex } from './dimension-index.ts';

/** Knows the rows of a file by their id, the first of their values. */
export class RepeatedIds {
  private readonly seen = new DimensionIndex();
  /** Stands for all values of a row, so that repeats are known without keeping the rows. */
  private readonly content = new Int32Array(2);
  private readonly contentBytes = new Uint8Array(this.content.buffer);

  /** Whether the id of the row is new, or stood in an earlier row with the same values, or with different ones. */
  check(batch: RecordBatch, row: number): 'new' | 'same' | 'different' {
    const { seen, contentBytes } = this;
    const { bytes, starts, ends, width } = batch;
    const base = row * width;
    const start = starts[base]!;
    const end = ends[base]!;
    this.hashValues(batch, base);
    const hash = DimensionIndex.hash(bytes, start, end);
    if (seen.add(hash, bytes, start, end, contentBytes, 0, contentBytes.length)) return 'new';
    return seen.hasTail(contentBytes, 0, contentBytes.length) ? 'same' : 'different';
  }

  private hashValues({ bytes, starts, ends, width }: RecordBatch, base: number): void {
    const { content } = this;
    content.fill(0);
    for (let slot = 0; slot < width; slot++) {
      const hash = DimensionIndex.hash(bytes, starts[base + slot]!, ends[base + slot]!);
      content[0] = Math.imul(content[0]! ^ hash, 16777619) + slot;
      content[1] = Math.imul(content[1]! + hash, -2048144789) ^ slot;
    }
  }
}
