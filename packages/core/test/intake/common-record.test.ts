import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { firstMarked, markUncommon } from '../../src/intake/byte-words.ts';
import { FIELD_STEP, QUOTED, QuotedRecord, undoubleQuotes } from '../../src/intake/quoted-record.ts';
import { readCsv } from '../support/read-csv.ts';
import { trimBlanks } from '../support/write-csv.ts';

/** What the careful reader alone says of a record: its values, or undefined where it is malformed. */
function readCarefully(record: string): string[] | undefined {
  const bytes = Buffer.from(`${record}\n`);
  const quoted = new QuotedRecord();
  if (quoted.read(bytes, 0, bytes.length, true) !== QUOTED.complete) return undefined;
  return Array.from({ length: quoted.fieldCount }, (_, field) => {
    const [start, end, hasDoubled] = quoted.fields.subarray(field * FIELD_STEP, (field + 1) * FIELD_STEP);
    const last = hasDoubled === 1 ? undoubleQuotes(bytes, start!, end!) : end!;
    return trimBlanks(bytes.subarray(start, last).toString());
  });
}

describe('the common record', () => {
  const value = fc.string({ unit: fc.constantFrom('x', '1', '-', ' ', '\t', '!', 'é', ',', '"'), maxLength: 9 });
  const field = fc.oneof(
    value.map((text) => text.replaceAll(/[,"]/g, '')),
    value.map((text) => `"${text.replaceAll('"', '')}"`),
    { weight: 1, arbitrary: value.map((text) => `"${text.replaceAll('"', '""')}"`) },
    { weight: 1, arbitrary: value },
  );

  test('is read in words as the careful reader reads it byte by byte', () => {
    fc.assert(
      fc.property(fc.array(field, { minLength: 2, maxLength: 3 }), (fields) => {
        const record = fields.join(',');
        const expected = readCarefully(record);
        const { records } = readCsv(`a,b,c\n${record}\n`, { columns: ['a', 'b', 'c'] });
        expect(records).toHaveLength(1);
        if (expected === undefined) expect(records[0]!.faults).toEqual(['row-quoting']);
        else if (expected.length !== 3) expect(records[0]!.faults).toEqual(['row-field-count']);
        else expect(records[0]!.values).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('the first mark of a word', () => {
  test('stands on its first byte that is not ASCII or is below "-"', () => {
    const byte = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0x2c, 0x2d, 0x2e, 0x7f, 0x80));
    fc.assert(
      fc.property(fc.array(byte, { minLength: 4, maxLength: 4 }), (bytes) => {
        const marks = markUncommon(new DataView(Uint8Array.from(bytes).buffer).getInt32(0, true));
        const first = bytes.findIndex((each) => each < 0x2d || each >= 0x80);
        expect(marks === 0 ? -1 : firstMarked(marks)).toBe(first);
      }),
      { numRuns: 3000 },
    );
  });
});
