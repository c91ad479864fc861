import type { RecordBatch } from '../intake/record-batch.ts';
import { DimensionIndex } from './dimension-index.ts';

const MAX_ID_BYTES = 255;
/** Eight bytes stand for all values of a row, so that repeats are known without keeping the rows. */
const CONTENT_BYTES = 8;

/** Knows the rows of a file by their id, the first of their values. */
export class RepeatedIds {
  private readonly seen = new DimensionIndex();
  /** An id, a byte between, and what stands for its row. */
  private readonly entry = new Uint8Array(MAX_ID_BYTES + 1 + CONTENT_BYTES);
  private readonly content = new Int32Array(2);
  private readonly contentBytes = new Uint8Array(this.content.buffer);

  /** Whether the id of the row is new, or stood in an earlier row with the same values, or with different ones. */
  check(batch: RecordBatch, row: number): 'new' | 'same' | 'different' {
    const { entry, seen, contentBytes } = this;
    const { bytes, starts, ends, width } = batch;
    const base = row * width;
    const length = ends[base]! - starts[base]!;
    for (let i = 0; i < length; i++) entry[i] = bytes[starts[base]! + i]!;
    this.hashValues(batch, base);
    entry.set(contentBytes, length + 1);
    const hash = DimensionIndex.hash(entry, 0, length);
    if (seen.add(hash, entry, 0, length, length + 1 + CONTENT_BYTES)) return 'new';
    for (let i = 0; i < CONTENT_BYTES; i++) {
      if (seen.pool[seen.tailStart + i] !== contentBytes[i]) return 'different';
    }
    return 'same';
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
