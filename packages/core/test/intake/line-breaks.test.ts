import { describe, expect, test } from '@jest/globals';
import { readCsv } from '../support/read-csv.ts';

describe('records end', () => {
  test.each([
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
  ])('with %s', (_, end) => {
    const { records, blankLines } = readCsv(['a,b', '1,2', '3,4', ''].join(end));
    expect(records).toMatchObject([
      { line: 2, values: ['1', '2'], raw: '1,2' },
      { line: 3, values: ['3', '4'], raw: '3,4' },
    ]);
    expect(blankLines).toBe(0);
  });

  test('with any mixture of them', () => {
    const { records } = readCsv('a,b\r1,2\r\n3,4\n5,6\r"7",8\r\n"9","x"\n');
    expect(records.map(({ line, values }) => [line, ...values!])).toEqual([
      [2, '1', '2'],
      [3, '3', '4'],
      [4, '5', '6'],
      [5, '7', '8'],
      [6, '9', 'x'],
    ]);
  });

  test.each(['1,2', '1,"2"', '1,2\n', '1,"2"\n', '1,2\r', '1,"2"\r', '1,2\r\n'])(
    'with the file, whether or not a line break does: %j',
    (row) => {
      const { records, blankLines } = readCsv(`a,b\n${row}`);
      expect(records).toMatchObject([{ line: 2, values: ['1', '2'], raw: row.trimEnd() }]);
      expect(blankLines).toBe(0);
    },
  );

  test('with the file after a comma, with a blank last value', () => {
    expect(readCsv('a,b\n1,').records).toMatchObject([{ values: ['1', ''] }]);
  });
});

describe('blank lines', () => {
  test('are counted apart and are no rows, wherever they stand', () => {
    const { records, blankLines } = readCsv('\n\r\na,b\n\n1,2\n \t \n\r\n\r3,4\n\n  ');
    expect(records).toMatchObject([
      { line: 5, values: ['1', '2'] },
      { line: 9, values: ['3', '4'] },
    ]);
    expect(blankLines).toBe(8);
  });

  test('made of LF CR are two, of CR LF one', () => {
    expect(readCsv('a,b\n\n\r').blankLines).toBe(2);
    expect(readCsv('a,b\n\r\n').blankLines).toBe(1);
  });

  test.each([[','], [' , '], ['"",""']])('are not those that hold the commas of a row: %j', (row) => {
    expect(readCsv(`a,b\n${row}\n`)).toMatchObject({ blankLines: 0, records: [{ values: ['', ''] }] });
  });

  test('are not those that hold an empty quoted value', () => {
    expect(readCsv('a,b\n""\n')).toMatchObject({ blankLines: 0, records: [{ faults: ['row-field-count'] }] });
  });
});

describe('line numbers', () => {
  test.each([
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
  ])('are physical ones after records over several lines, with %s', (_, end) => {
    const text = ['a,b', '1,"x', 'y', 'z"', '2,3', '"p', 'q",r', '4,5', '"s"x,6', '7,8'].join(end);
    expect(readCsv(text).records).toMatchObject([
      { line: 2, values: ['1', `x${end}y${end}z`] },
      { line: 5, values: ['2', '3'] },
      { line: 6, values: [`p${end}q`, 'r'] },
      { line: 8, values: ['4', '5'] },
      { line: 9, faults: ['row-quoting'] },
      { line: 10, values: ['7', '8'] },
    ]);
  });

  test('count each line break of a mixture in quotes once', () => {
    expect(readCsv('a,b\n1,"\r\n\n\r\r\n"\n2,3\n').records).toMatchObject([{ line: 2 }, { line: 7 }]);
  });

  test('are physical ones after a record that is too long', () => {
    const text = `a,b\n1,${'x'.repeat(2000)}\n2,3\n"${'y'.repeat(2000)}\n4,5\n`;
    expect(readCsv(text).records).toMatchObject([
      { line: 2, faults: ['row-too-long'] },
      { line: 3, values: ['2', '3'] },
      { line: 4, faults: ['row-too-long'] },
      { line: 5, values: ['4', '5'] },
    ]);
  });
});
