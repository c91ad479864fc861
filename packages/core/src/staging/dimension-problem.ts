import type { RecordBatch } from '../intake/record-batch.ts';
import type { DimensionColumn } from '../rules/dimension-columns.ts';
import { faultsOf } from '../rules/faults.ts';
import { readPrice } from '../rules/read-price.ts';

export interface DimensionProblem {
  readonly line: number;
  /** A code of rules, or `product-id-repeated`, `customer-id-repeated`, `value-too-long`. */
  readonly code: string;
  readonly column: string;
  readonly message: string;
}

/** All that is wrong with a row, in the order of the columns, which are those of the batch. */
export function findProblems(columns: readonly DimensionColumn[], batch: RecordBatch, row: number): DimensionProblem[] {
  const line = batch.line[row]!;
  if (batch.fault[row] !== 0) return faultsOf(batch.fault[row]!).map((fault) => ({ line, ...fault }));
  return columns.flatMap((column, slot) => {
    const problem = checkValue(column, batch, row * batch.width + slot, slot === 0);
    return problem === undefined ? [] : [{ line, column: column.name, ...problem }];
  });
}

/** An id stands twice, with different values. */
export function repeatedId(columns: readonly DimensionColumn[], line: number): DimensionProblem {
  const column = columns[0]!.name;
  const code = `${column.replaceAll('_', '-')}-repeated`;
  return { line, code, column, message: 'an earlier row with this id says something else' };
}

function checkValue(
  column: DimensionColumn,
  { bytes, starts, ends }: RecordBatch,
  place: number,
  isId: boolean,
): { code: string; message: string } | undefined {
  const length = ends[place]! - starts[place]!;
  if (column.bytes === undefined) {
    const price = readPrice(bytes, starts[place]!, ends[place]!);
    return price < 0 ? faultsOf(-price)[0] : undefined;
  }
  const code = column.name.replaceAll('_', '-');
  if (isId && length === 0) return { code: `${code}-blank`, message: 'the id is empty' };
  if (length <= column.bytes) return undefined;
  const message = `the value is longer than ${column.bytes} bytes`;
  return isId ? { code: `${code}-too-long`, message } : { code: 'value-too-long', message };
}
