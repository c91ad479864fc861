import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { csvCell } from '../../src/text/index.ts';

/** What ends up in the cells of a row of one cell, where cells are parted by a separator and quotes count at their start only. */
function readCells(row: string, separator: string): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= row.length; at++) {
    let cell = '';
    const isQuoted = row[at] === '"';
    if (isQuoted) {
      for (at++; at < row.length; at++) {
        if (row[at] === '"' && row[++at] !== '"') break;
        cell += row[at];
      }
    }
    for (; at < row.length && row[at] !== separator && row[at] !== '\n' && row[at] !== '\r'; at++) cell += row[at];
    cells.push(cell);
  }
  return cells;
}

/** The list of OWASP, behind blanks. */
const runs = (cell: string) => /^[=+\-@＝＋－＠]/.test(cell.trim());

const nasty = fc
  .array(
    fc.constantFrom('=', '+', '-', '@', '＝', '"', "'", ',', ';', '\t', '\r', '\n', ' ', '1', '.', 'a', 'cmd|x!A0'),
    {
      maxLength: 12,
    },
  )
  .map((parts) => parts.join(''));

describe('a cell of a CSV that people open', () => {
  test.each([
    ["=cmd|' /C calc'!A0", `"'=cmd|' /C calc'!A0"`],
    ['@SUM(1+1)*cmd', `"'@SUM(1+1)*cmd"`],
    ['+1-2', `"'+1-2"`],
    ['-2+3', `"'-2+3"`],
    ['\t=1', `"\t'=1"`],
    [' =1', `"' =1"`],
    ['a;=1', `"a;'=1"`],
    ['-5', `"'-5"`],
    ['T-1', 'T-1'],
    ['Kettle, 2 l', '"Kettle, 2 l"'],
    ['say "hi"', '"say ""hi"""'],
    ['', ''],
  ])('holds %j as %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  test('never runs as a formula, whichever separator the spreadsheet goes by', () => {
    fc.assert(
      fc.property(nasty, nasty, (left, right) => {
        const row = `${csvCell(left)},${csvCell(right)}`;
        for (const separator of [',', ';', '\t']) expect(readCells(row, separator).filter(runs)).toEqual([]);
      }),
      { numRuns: 5000 },
    );
  });

  test('is the value to a reader of CSV, but for the apostrophes that were put in', () => {
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (value) => {
        const quoted = csvCell(value);
        const cell = quoted.startsWith('"') ? quoted.slice(1, -1).replaceAll('""', '"') : quoted;
        expect(cell.replaceAll("'", '')).toBe(value.replaceAll("'", ''));
      }),
      { numRuns: 2000 },
    );
  });
});
