import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutEvery, readChunks } from '../support/read-csv.ts';
import { countLineBreaks, trimBlanks, writeRecord, writingStyle } from '../support/write-csv.ts';

describe('well-formed CSV', () => {
  // Up to 20 characters of up to three bytes: what spans lines stays within the 64 bytes that are believed.
  const piece = fc.oneof(
    fc.constantFrom('"', '""', ',', '\n', '\r', '\r\n', ' ', '\t', 'é', '日', '\\', "'", ';', '\ufeff', '\u2028'),
    fc.string({ unit: 'grapheme', maxLength: 1 }),
  );
  const value = fc
    .array(piece, { maxLength: 10 })
    .map((pieces) => pieces.join('').replaceAll('\0', ''))
    .filter((text) => Buffer.byteLength(text) <= 64);
  const table = fc
    .integer({ min: 2, max: 6 })
    .chain((width) =>
      fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
    );

  test('of any writer is read back exactly, with the lines on which its records start', () => {
    fc.assert(
      fc.property(table, fc.array(writingStyle, { minLength: 1, maxLength: 4 }), fc.nat(40), (rows, styles, size) => {
        const columns = rows[0]!.map((_, i) => `c${i}`);
        let line = 1;
        let text = '';
        const expected: unknown[] = [];
        for (const [i, values] of [columns, ...rows].entries()) {
          const style = styles[i % styles.length]!;
          const record = writeRecord(values, style);
          if (i > 0) expected.push({ line, faults: [], values: values.map(trimBlanks), raw: latin1(record) });
          // A record that ends in CR must not meet a LF, nor may the reader see CR LF where CR and LF were meant.
          text += record + style.end;
          line += 1 + countLineBreaks(record);
        }
        const bytes = Buffer.from(text);
        const read = readChunks(cutEvery(bytes, size + 1), { columns, maxRecordBytes: 8192 });
        expect(read.records).toEqual(expected);
        expect(read.blankLines).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });

  test('may be as wide as a thousand quoted columns', () => {
    const columns = Array.from({ length: 1000 }, (_, i) => `c${i}`);
    const values = columns.map((name) => `${name}, "x"`);
    const style = { quotes: [true], blanks: [''], end: '\n' };
    const text = [columns, values, values].map((row) => writeRecord(row, style)).join('\n');
    const { records } = readChunks([Buffer.from(text)], { columns, maxRecordBytes: 65_536 });
    expect(records.map((record) => record.values)).toEqual([values, values]);
  });
});

function latin1(text: string): string {
  return Buffer.from(text).toString('latin1');
}
