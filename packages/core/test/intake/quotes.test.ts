import { describe, expect, test } from '@jest/globals';
import { TRANSACTION_COLUMNS } from '../../src/rules/transaction-columns.ts';
import { readCsv } from '../support/read-csv.ts';

const outcome = (body: string) =>
  readCsv(`a,b\n${body}`).records.map(({ line, values, faults }) => [line, ...(values ?? faults)]);

describe('quoted values', () => {
  test.each([
    ['a comma', '"1,1",2', '1,1'],
    ['a line break', '"1\n1",2', '1\n1'],
    ['a doubled quote', '"1""1",2', '1"1'],
    ['nothing but doubled quotes', '"""""",2', '""'],
    ['a doubled quote at each end', '"""1""",2', '"1"'],
    ['doubled quotes around a comma', '"1"",""1",2', '1","1'],
    ['a doubled quote before a line break', '"1""\n1",2', '1"\n1'],
    ['nothing', '"",2', ''],
    ['blanks, which are trimmed', '" \t1 ",2', '1'],
    ['commas and line breaks only', '",\n,",2', ',\n,'],
    ['letters of any script', '"ü日😀",2', 'ü日😀'],
  ])('may hold %s', (_, row, value) => {
    expect(outcome(`${row}\n3,4\n`)).toEqual([
      [2, value, '2'],
      [3 + (value.match(/\n/g)?.length ?? 0), '3', '4'],
    ]);
  });

  test.each(['  "1"  ,2', '\t"1"\t,2', '"1" ,2', ' "1",2', ' \t "1" \t , "2" '])(
    'may have blanks around the quotes: %j',
    (row) => {
      expect(outcome(`${row}\n3,4`)).toEqual([
        [2, '1', '2'],
        [3, '3', '4'],
      ]);
    },
  );

  test('keep the record as delivered beside its values', () => {
    const row = ' "a""b\r\nc" ,"d"""';
    const { records } = readCsv(`a,b\n${row}\n"x""",y\n`);
    expect(records).toMatchObject([
      { raw: row, values: ['a"b\r\nc', 'd"'] },
      { raw: '"x""",y', values: ['x"', 'y'] },
    ]);
  });

  test('that are not of a wanted column are passed over', () => {
    expect(readCsv('x,a,y,b\n"q,""q\n""",1,"z",2\n').records).toMatchObject([{ values: ['1', '2'] }]);
  });
});

describe('a stray quote costs its record and no other: row-quoting', () => {
  test.each([
    ['in the middle of a value', '1,2"2'],
    ['at the end of a value', '1,2"'],
    ['after blanks and letters', '1, x "y"'],
    ['after a closed quote', '1,"2"x'],
    ['after a closed quote and blanks', '1,"2" x'],
    ['a third quote', '1,"2"""x'],
    ['not closed at the end of the line', '1,"2'],
    ['alone', '"'],
    ['three of them', '"""'],
    ['not closed, after a doubled one', '1,"2""'],
    ['of inches', '5" plate,2'],
    ['quoted inches that were not doubled', '"5" plate",2'],
    ['escaped by a backslash', '"5\\" plate",2'],
    ['with more fields than the header before it', '1,2,3,4"'],
  ])('%s', (_, row) => {
    const expected = [
      [2, '1', '2'],
      [3, 'row-quoting'],
      [4, '3', '4'],
      [5, 'p', 'q'],
    ];
    expect(outcome(`1,2\n${row}\n3,4\n"p","q"\n`)).toEqual(expected);
    expect(outcome(`1,2\r${row}\r3,4\r"p","q"`)).toEqual(expected);
  });

  test('at the end of the file', () => {
    expect(outcome('1,2\n3,"4')).toEqual([
      [2, '1', '2'],
      [3, 'row-quoting'],
    ]);
    expect(outcome('3,"4\n5,6')).toEqual([
      [2, 'row-quoting'],
      [3, '5', '6'],
    ]);
    expect(outcome('3,"4""')).toEqual([[2, 'row-quoting']]);
    expect(outcome('3,4\n"')).toEqual([
      [2, '3', '4'],
      [3, 'row-quoting'],
    ]);
  });

  test('that is not closed within the longest record, in a file with no other quote', () => {
    const good = Array.from({ length: 500 }, (_, i) => `${i},x`);
    const { records } = readCsv(`a,b\n1,"2\n${good.join('\n')}\n`);
    expect(records.filter(({ faults }) => faults.length > 0)).toMatchObject([{ line: 2, faults: ['row-quoting'] }]);
    expect(records.length).toBe(501);
  });

  test('and keeps the first physical line as its record', () => {
    expect(readCsv('a,b\n1,"2\r\n3,4\n').records).toMatchObject([
      { raw: '1,"2', faults: ['row-quoting'] },
      { raw: '3,4', values: ['3', '4'] },
    ]);
  });

  test('and a good record over several lines may come right after it', () => {
    expect(outcome('1,"2\n"x\ny",z\n3,4\n')).toEqual([
      [2, 'row-quoting'],
      [3, 'x\ny', 'z'],
      [5, '3', '4'],
    ]);
  });
});

describe('two stray quotes far apart', () => {
  const columns = TRANSACTION_COLUMNS;
  const good = (id: number) => `T-${id},C-1,P-1,1,9.99,2023-03-15,Cash,Completed`;
  const header = `${columns.join(',')}\n`;
  const between = Array.from({ length: 40 }, (_, i) => good(i));

  test.each(columns.map((column, slot) => [column, slot] as const))(
    'in the column %s do not swallow the records between them',
    (_, slot) => {
      const first = good(100).split(',');
      const last = good(200).split(',');
      first[slot] = `"${first[slot]}`;
      last[slot] = `${last[slot]}"`;
      const { records } = readCsv(`${header}${[first.join(','), ...between, last.join(',')].join('\n')}\n`, {
        columns,
      });
      const expected = [undefined, ...between.map((row) => row.split(',')), undefined];
      expect(records.map(({ values }) => values)).toEqual(expected);
      expect(records.map(({ line }) => line)).toEqual(expected.map((_, i) => i + 2));
    },
  );

  test('that leave another number of fields do not, however near they are', () => {
    const first = good(100).replace('C-1', '"C-1');
    const last = good(200).replace('Cash', 'Cash"');
    const { records } = readCsv(`${header}${first}\n${last}\n${good(3)}\n`, { columns });
    expect(records.map(({ line, faults }) => [line, ...faults])).toEqual([[2, 'row-quoting'], [3, 'row-quoting'], [4]]);
  });
});

describe('a value that spans lines', () => {
  const header = `note,${TRANSACTION_COLUMNS.join(',')}\n`;
  const rest = 'C-1,P-1,1,9.99,2023-03-15,Cash,Completed';
  const read = (row: string) => readCsv(`${header}${row}\n`, { columns: TRANSACTION_COLUMNS }).records;

  test('is believed in a wanted column up to 64 bytes, the longest that a rule lets pass', () => {
    const id = `${'x'.repeat(31)}\n${'y'.repeat(32)}`;
    expect(read(`,"${id}",${rest}`)[0]?.values?.[0]).toBe(id);
    expect(read(`,"${id}z",${rest}`)).toMatchObject([{ faults: ['row-quoting'] }, { faults: ['row-quoting'] }]);
  });

  test('is believed in a column that is ignored up to the limit of a record', () => {
    const note = 'a line of a comment\n'.repeat(40);
    expect(read(`"${note}",T-1,${rest}`)).toMatchObject([{ line: 2, faults: [] }]);
    expect(read(`"${note.repeat(2)}",T-1,${rest}`)[0]).toMatchObject({ line: 2, faults: ['row-quoting'] });
  });
});
