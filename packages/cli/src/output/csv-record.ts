import { csvCell, printable } from '@weir/core/text';
import type { Cell } from './column.ts';

/** One line of CSV: on a terminal it steers nothing, in a spreadsheet it calculates nothing. */
export function csvRecord(cells: readonly Cell[]): string {
  return cells.map(toText).join(',');
}

function toText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'string' ? csvCell(printable(cell)) : String(cell);
}
