import type { RecordBatch } from '../intake/record-batch.ts';

/** Good rows of a dimension file on their way to where they are kept. */
export interface DimensionRows {
  /**
   * Takes `count` rows of the batch; `rows` holds their places in it.
   *
   * @param onDifferent told of each row whose id stood in an earlier row that says something else
   */
  take(batch: RecordBatch, rows: Int32Array, count: number, onDifferent: (row: number) => void): void;
}
