import { printable } from '@weir/core/text';
import type { Cell, Column } from './column.ts';
import { drawTable } from './draw-table.ts';
import { formatCount } from './format-amount.ts';
import type { Screen } from './screen.ts';

/**
 * Rows as a table that fits the terminal, or as CSV where that was asked for. No rows are no table.
 *
 * @param narrow how a row is told on a terminal on which no table fits
 */
export function tellTable<Row>(
  screen: Screen,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  narrow?: (row: Row) => string,
): void {
  screen.records(columns, rows);
  if (screen.format !== 'text' || rows.length === 0) return;
  const seen = columns.filter(({ only }) => only === undefined);
  const table = drawTable(
    screen,
    seen.map((column) => headingOf(column, rows)),
    rows.map((row) => seen.map(cellOf(row))),
  );
  const describe = narrow ?? ((row: Row) => describeRow(seen, row));
  screen.say(table ?? rows.map(describe).join('\n'));
}

function headingOf<Row>({ name, title = name, value, show, gives, spare }: Column<Row>, rows: readonly Row[]) {
  const isNumber = show === undefined && rows.some((row) => isCount(value(row)));
  return {
    title,
    ...(isNumber ? { align: 'right' as const } : {}),
    ...(gives ? { gives } : {}),
    ...(spare ? { spare } : {}),
  };
}

function cellOf<Row>(row: Row): (column: Column<Row>) => string {
  return ({ show, value }) => (show === undefined ? toText(value(row)) : show(row));
}

function describeRow<Row>(columns: readonly Column<Row>[], row: Row): string {
  const [first, ...others] = columns;
  const lines = others.map((column) => `  ${column.title ?? column.name}: ${cellOf(row)(column)}`);
  return [first === undefined ? '' : cellOf(row)(first), ...lines].join('\n');
}

function toText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  return isCount(cell) ? formatCount(cell) : printable(String(cell));
}

function isCount(cell: Cell): cell is number | bigint {
  return typeof cell === 'number' || typeof cell === 'bigint';
}
