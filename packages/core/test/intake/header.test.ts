import { describe, expect, test } from '@jest/globals';
import { TRANSACTION_COLUMNS } from '../../src/rules/transaction-columns.ts';
import { readCsv } from '../support/read-csv.ts';

const read = (header: string | Uint8Array, row = '1,2\n') =>
  readCsv(typeof header === 'string' ? `${header}${row}` : Buffer.concat([header, Buffer.from(row)]));
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

describe('the header', () => {
  test.each([
    ['as named', 'a,b\n'],
    ['in capitals', 'A,B\n'],
    ['surrounded by blanks', ' a\t, \tb \n'],
    ['in quotes', '"a","b"\n'],
    ['in quotes, with blanks on both sides of them', ' " a " , "B" \n'],
    ['after a byte order mark', '\ufeffa,b\n'],
    ['in quotes after a byte order mark', '\ufeff"a","b"\n'],
    ['after blank lines', '\n \t\n\r\na,b\n'],
    ['ended by CR LF', 'a,b\r\n'],
    ['ended by CR', 'a,b\r'],
  ])('is found %s', (_, header) => {
    const { refusal, records } = read(header);
    expect(refusal).toBeUndefined();
    expect(records.map(({ values }) => values)).toEqual([['1', '2']]);
  });

  test('gives the columns in any order to their names', () => {
    const { records } = read('b,x,a\n', '1,2,3\n');
    expect(records[0]?.values).toEqual(['3', '1']);
  });

  test('finds all eight columns of a transaction in reverse', () => {
    const names = TRANSACTION_COLUMNS.toReversed();
    const { records } = readCsv(`${names.join(',').toUpperCase()}\n${names.join(',')}\n`, {
      columns: TRANSACTION_COLUMNS,
    });
    expect(records[0]?.values).toEqual(TRANSACTION_COLUMNS);
  });

  test('names the columns that are not wanted, as written', () => {
    expect(read('x,a,Note to self,b,\n', '1,2,3,4,5\n')).toMatchObject({
      ignored: ['x', 'Note to self', ''],
      records: [{ values: ['2', '4'] }],
    });
  });

  test('may have a quoted line break in a name, and lines are counted on', () => {
    const { ignored, records } = read('a,"two\r\nlines",b\n', '1,2,3\n4,5\n');
    expect(ignored).toEqual(['two\r\nlines']);
    expect(records.map(({ line }) => line)).toEqual([3, 4]);
  });

  test('may have doubled quotes, commas and letters of any script in a name', () => {
    expect(read('a,"x ""y"", z",日本,b\n', '1,2,3,4\n').ignored).toEqual(['x "y", z', '日本']);
  });

  test('is kept as delivered, its line break and the byte order mark apart', () => {
    expect(read('\ufeff A ,"b",x\r\n', '1,2,3\n').header).toBe(' A ,"b",x');
    // Where two files were put together, a second mark is delivered as a character.
    expect(read('\ufeff\ufeffa,b\n').header).toBe('\ufeffa,b');
  });

  test('alone is no refusal and no record', () => {
    for (const header of ['a,b', 'a,b\n', 'a,b\r\n', '\ufeffa,b', 'a,b\n\n \n']) {
      expect(readCsv(header)).toMatchObject({ refusal: undefined, records: [], header: 'a,b' });
    }
  });
});

describe('a file without a byte', () => {
  test.each([
    ['nothing', '', 0],
    ['a byte order mark', '\ufeff', 0],
    ['blank lines', '\n\r\n \r', 3],
  ])('of a record, with %s, is no refusal', (_, content, blankLines) => {
    expect(readCsv(content)).toMatchObject({ refusal: undefined, header: undefined, records: [], blankLines });
  });
});

describe('a file is refused as header-missing-column', () => {
  test.each([
    ['one column is missing', 'a,c\n', ['column b;']],
    ['all are missing', 'x;y\n', ['column a, b;']],
    ['a name holds a blank', 'a,b c\n', ['column b;']],
    ['the first line is a row', '1,2\n', ['column a, b;', 'wanted: a, b']],
    ['the first line is a title', 'Report\n', ['column a, b;']],
    ['a quote of the header is not closed', 'a,"b\n', ['quotes of the header do not pair']],
    ['a quote stands inside a name', 'a,b"x"\n', ['quotes of the header do not pair']],
    ['the names are separated by semicolons', 'a;b\n', ['column a, b;']],
  ])('where %s', (_, header, parts) => {
    const { refusal, records } = read(header);
    expect(refusal?.code).toBe('header-missing-column');
    for (const part of parts) expect(refusal?.message).toContain(part);
    expect(records).toEqual([]);
  });
});

describe('a file is refused as header-duplicate-column', () => {
  test.each(['a,b,a\n', 'a,b, "A" \n', 'b,a,B,b\n'])('where a wanted column comes twice: %j', (header) => {
    const { refusal, records } = read(header, '1,2,3\n');
    expect(refusal?.code).toBe('header-duplicate-column');
    expect(refusal?.message).toMatch(/more than once: [ab]$/);
    expect(records).toEqual([]);
  });

  test('but not where an unwanted column does', () => {
    expect(read('a,x,x,b\n', '1,2,3,4\n')).toMatchObject({ refusal: undefined, ignored: ['x', 'x'] });
  });
});

describe('a file is refused as file-not-text', () => {
  test.each([
    ['UTF-16 LE with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16('a,b\n1,2\n')]), 'UTF-16'],
    ['UTF-16 BE with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16('a,b\n1,2\n')]).swap16(), 'UTF-16'],
    ['UTF-16 LE', utf16('a,b\n1,2\n'), 'not UTF-8'],
    ['UTF-16 BE', utf16('a,b\n1,2\n').swap16(), 'not UTF-8'],
    ['gzip under the name of a CSV', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 0xd4, 1]), 'not UTF-8'],
    ['a NUL in the header', Buffer.from('a,b\0\n'), 'not UTF-8'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), 'not UTF-8'],
    ['Latin-1 in the header', Buffer.from('a,b,größe\n', 'latin1'), 'not UTF-8'],
    ['a first line without end', Buffer.from('a,b'.padEnd(3000, 'x')), 'does not end within 1024 bytes'],
    ['a first line in quotes without end', Buffer.from('"a,b'.padEnd(3000, 'x')), 'does not end within 1024 bytes'],
  ])('where it is %s', (_, bytes, part) => {
    const { refusal, records } = readCsv(bytes);
    expect(refusal).toMatchObject({ code: 'file-not-text', message: expect.stringContaining(part) });
    expect(records).toEqual([]);
  });

  test('but a header of just the limit is read', () => {
    const header = `a,b,${'x'.repeat(1020)}`;
    expect(readCsv(`${header}\n`)).toMatchObject({ refusal: undefined, header });
    expect(readCsv(header)).toMatchObject({ refusal: undefined, header });
    expect(readCsv(`${header}x\n`).refusal?.code).toBe('file-not-text');
    expect(readCsv(`${header}x`).refusal?.code).toBe('file-not-text');
  });
});
