import Table from 'cli-table3';
import type { Screen } from './screen.ts';
import { shorten } from './shorten.ts';

export interface TableColumn {
  readonly title: string;
  readonly align?: 'right';
  /** May be cut in its middle where the terminal is narrow; at most one column. */
  readonly gives?: true;
  /** Left out where the terminal is narrow. */
  readonly spare?: true;
}

const LEAST_WIDTH = 16;
const GAP = '  ';

/** A table that is no wider than the terminal; undefined where that cannot be. */
export function drawTable(
  screen: Screen,
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
): string | undefined {
  const places = columns.map((_, place) => place);
  const widths = columns.map(({ title }, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const giver = columns.findIndex(({ gives }) => gives);
  const widest = Math.min(widths[giver] ?? 0, LEAST_WIDTH);
  const most = (shown: readonly number[]) => sum(shown.map((i) => widths[i]! + GAP.length)) - GAP.length;
  const least = (shown: readonly number[]) => most(shown) - (widths[giver] ?? 0) + widest;

  let shown = places;
  if (least(shown) > screen.width) shown = places.filter((i) => columns[i]!.spare === undefined);
  if (least(shown) > screen.width) return undefined;
  const room = (widths[giver] ?? 0) - Math.max(0, most(shown) - screen.width);
  const cell = (row: readonly string[], i: number) => (i === giver ? shorten(row[i]!, room) : row[i]!);
  return render(
    shown.map((i) => ({ ...columns[i]!, title: screen.colors.bold(columns[i]!.title) })),
    rows.map((row) => shown.map((i) => cell(row, i))),
  );
}

function render(columns: readonly TableColumn[], rows: readonly string[][]): string {
  const none = ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'];
  const table = new Table({
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    // Colours of its own would not know NO_COLOR.
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    chars: {
      ...Object.fromEntries([...none, 'left', 'left-mid', 'right', 'right-mid'].map((name) => [name, ''])),
      middle: GAP,
      mid: '─',
      'mid-mid': GAP,
    },
  });
  table.push(...rows);
  return table.toString().replace(/ +$/gm, '');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
