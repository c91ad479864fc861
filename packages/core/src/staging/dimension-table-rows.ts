import { LF } from '../intake/byte-kinds.ts';
import type { RecordBatch } from '../intake/record-batch.ts';
import type { DimensionName } from '../ports/dimension-catalog.port.ts';
import { DIMENSION_COLUMNS } from '../rules/dimension-columns.ts';
import { ByteWriter } from './byte-writer.ts';
import type { DimensionRows } from './dimension-rows.ts';
import { DimensionValueWriter, MAX_LINE_BYTES } from './dimension-value-writer.ts';
import { RepeatedIds } from './repeated-ids.ts';

/** Rows as the warehouse takes them: staged text of all columns, each id once. */
export class DimensionTableRows implements DimensionRows {
  private readonly writer = new ByteWriter();
  private readonly values: DimensionValueWriter;
  private readonly repeated = new RepeatedIds();

  constructor(dimension: DimensionName) {
    const columns = DIMENSION_COLUMNS[dimension];
    this.values = new DimensionValueWriter(
      columns,
      columns.map(({ name }) => name),
    );
  }

  take(batch: RecordBatch, rows: Int32Array, count: number, onDifferent: (row: number) => void): void {
    const { writer, values, repeated } = this;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const verdict = repeated.check(batch, row);
      if (verdict === 'different') onDifferent(row);
      if (verdict !== 'new') continue;
      writer.reserve(MAX_LINE_BYTES);
      values.write(writer, batch, row);
      writer.putByte(LF);
    }
  }

  /** Whole lines. */
  lines(all = false): Uint8Array[] {
    return this.writer.take(all);
  }
}
