import Table from 'cli-table3';
import type { Screen } from './screen.ts';
import { shorten } from './shorten.ts';

export interface TableColumn {
  readonly title: string;
  readonly align?: 'right';
  /** May be cut in its middle where the terminal is narrow; at most one column. */
  readonly gives?: true;
}

const LEAST_WIDTH = 12;
/** Border and padding on both sides of a cell. */
const AROUND = 3;

/** A table no wider than the terminal, as long as the columns that cannot give fit. */
export function drawTable(
  screen: Screen,
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
): string {
  const { bold } = screen.colors;
  const natural = columns.map(({ title }, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const total = natural.reduce((sum, width) => sum + width + AROUND, 1);
  const giver = columns.findIndex(({ gives }) => gives);
  const room = Math.max(LEAST_WIDTH, (natural[giver] ?? 0) - Math.max(0, total - screen.width));
  const table = new Table({
    head: columns.map(({ title }) => bold(title)),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    // Colours of its own would not know NO_COLOR.
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => row.map((cell, i) => (i === giver ? shorten(cell, room) : cell))));
  return table.toString();
}
