import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isValidText } from '../../src/intake/is-valid-text.ts';
import { readCsv } from '../support/read-csv.ts';

const isText = (bytes: Uint8Array) => isValidText(bytes, 0, bytes.length);

function decodes(bytes: Uint8Array): boolean {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(bytes).includes('\0');
  } catch {
    return false;
  }
}

describe('text', () => {
  test.each([
    ['an overlong slash', [0xc0, 0xaf]],
    ['an overlong slash of three bytes', [0xe0, 0x80, 0xaf]],
    ['an overlong slash of four bytes', [0xf0, 0x80, 0x80, 0xaf]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
    ['above U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
    ['a byte that never occurs', [0xff]],
    ['five bytes', [0xf8, 0x88, 0x80, 0x80, 0x80]],
    ['a continuation alone', [0x80]],
    ['cut after one byte', [0xc3]],
    ['cut after two bytes', [0xe2, 0x82]],
    ['cut after three bytes', [0xf0, 0x9f, 0x98]],
    ['a lead where a continuation belongs', [0xe2, 0x82, 0x41]],
    ['NUL', [0]],
  ])('is not %s', (_, bytes) => {
    expect(isText(Uint8Array.from(bytes))).toBe(false);
  });

  test.each([
    ['nothing', ''],
    ['the last character of one byte', '\x7f'],
    ['U+0080', '\u0080'],
    ['U+07FF', '\u07ff'],
    ['U+0800', '\u0800'],
    ['U+D7FF', '\ud7ff'],
    ['U+E000', '\ue000'],
    ['U+FFFF', '\uffff'],
    ['U+10000', '\u{10000}'],
    ['U+10FFFF', '\u{10ffff}'],
  ])('is %s', (_, text) => {
    expect(isText(Buffer.from(text))).toBe(true);
  });

  test('is what a strict decoder takes, without NUL, for any bytes', () => {
    const lead = fc.constantFrom(0, 0x41, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff);
    const more = fc.constantFrom(0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0);
    const bytes = fc.array(fc.oneof(lead, more, more), { maxLength: 8 }).map((list) => Uint8Array.from(list));
    fc.assert(
      fc.property(bytes, (given) => isText(given) === decodes(given)),
      { numRuns: 2000 },
    );
  });
});

describe('a record that is not text is row-encoding and costs no other', () => {
  test.each([
    ['in a value', '1,\xff\n'],
    ['in a quoted value', '1,"\xff"\n'],
    ['in a column that is too many', '1,2,\xe9\n'],
    ['as NUL', '1,\0\n'],
    ['as NUL in quotes', '"1\0",2\n'],
    ['as a character that the line end cuts', '1,\xc3\n'],
  ])('%s', (_, row) => {
    const { records } = readCsv(Buffer.from(`a,b\n1,2\n${row}3,4\n`, 'latin1'));
    expect(records).toMatchObject([
      { values: ['1', '2'] },
      { line: 3, faults: ['row-encoding'], raw: row.slice(0, -1) },
      { line: 4, values: ['3', '4'] },
    ]);
  });

  test('also where a quote of it is stray: then the quote is told', () => {
    expect(readCsv(Buffer.from('a,b\n\xff,"x\n3,4\n', 'latin1')).records).toMatchObject([
      { faults: ['row-quoting'] },
      { values: ['3', '4'] },
    ]);
  });
});

describe('row-field-count', () => {
  test.each(['1', '1,2,3', ',,', '"1"', '"1","2","3"', '1,2,', '"1,2"'])('is %j under two columns', (row) => {
    expect(readCsv(`a,b\n${row}\n3,4\n`).records).toMatchObject([
      { line: 2, faults: ['row-field-count'], raw: row },
      { line: 3, values: ['3', '4'] },
    ]);
  });
});
