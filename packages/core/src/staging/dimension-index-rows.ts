import type { RecordBatch } from '../intake/record-batch.ts';
import type { DimensionName } from '../ports/dimension-catalog.port.ts';
import { DIMENSION_COLUMNS, SNAPSHOT_COLUMNS } from '../rules/dimension-columns.ts';
import { ByteWriter } from './byte-writer.ts';
import { DimensionIndex, type DimensionIndexOptions } from './dimension-index.ts';
import type { DimensionRows } from './dimension-rows.ts';
import { DimensionValueWriter, MAX_LINE_BYTES } from './dimension-value-writer.ts';

/** Rows as they are joined to. Two rows with one id differ where they differ in what is joined. */
export class DimensionIndexRows implements DimensionRows {
  readonly index: DimensionIndex;
  private readonly values: DimensionValueWriter;
  private readonly tail = new ByteWriter(MAX_LINE_BYTES);
  private readonly fileBytes: number;
  private hashes = new Int32Array(0);

  /** @param fileBytes of the file of all rows, so that there is room for them from the first ones on; 0 where it is not known */
  constructor(dimension: DimensionName, options: DimensionIndexOptions, fileBytes = 0) {
    this.index = new DimensionIndex({ ...options, dimension });
    this.fileBytes = fileBytes;
    const [, ...joined] = SNAPSHOT_COLUMNS[dimension];
    this.values = new DimensionValueWriter(DIMENSION_COLUMNS[dimension], joined);
  }

  take(batch: RecordBatch, rows: Int32Array, count: number, onDifferent: (row: number) => void): void {
    const { index, tail, values } = this;
    const { bytes, starts, ends, width } = batch;
    const isFirst = index.size === 0;
    this.touch(batch, rows, count);
    const { hashes } = this;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const id = row * width;
      tail.clear();
      values.write(tail, batch, row);
      if (index.add(hashes[i]!, bytes, starts[id]!, ends[id]!, tail.bytes, 0, tail.size)) continue;
      if (!index.hasTail(tail.bytes, 0, tail.size)) onDifferent(row);
    }
    if (isFirst) index.expect(Math.ceil((batch.count / bytesOf(batch)) * this.fileBytes));
  }

  /** Hashes the ids and brings their slots near, so that the cache misses of a batch overlap. */
  private touch({ bytes, starts, ends, width }: RecordBatch, rows: Int32Array, count: number): void {
    if (this.hashes.length < count) this.hashes = new Int32Array(rows.length);
    const { hashes } = this;
    for (let i = 0; i < count; i++) {
      const id = rows[i]! * width;
      hashes[i] = DimensionIndex.hash(bytes, starts[id]!, ends[id]!);
    }
    this.index.touch(hashes, count);
  }
}

/** Of its records, with a line break each. */
function bytesOf({ count, recordStart, recordEnd }: RecordBatch): number {
  return recordEnd[count - 1]! - recordStart[0]! + 1;
}
