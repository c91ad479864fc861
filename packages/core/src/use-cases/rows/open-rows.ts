import type { RowWorkers } from '../../ports/row-workers.port.ts';
import type { StageWriter } from '../../ports/warehouse.port.ts';
import type { RowPathOptions } from '../../staging/row-path.ts';
import type { Rows } from './rows.ts';
import { RowsHere } from './rows-here.ts';
import { RowsInPieces } from './rows-in-pieces.ts';

/** On workers where there are some and the file, of `size` bytes as delivered, is worth them. */
export function openRows(
  size: number,
  options: RowPathOptions,
  writer: StageWriter,
  workers: RowWorkers | undefined,
): Rows {
  if (workers === undefined || size < workers.worthFrom) return new RowsHere(options, writer);
  return new RowsInPieces(options, writer, workers);
}
