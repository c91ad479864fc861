import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RecordReader } from '../../src/intake/record-reader.ts';
import { cutEvery, readChunks, readCsv } from '../support/read-csv.ts';
import { countLineBreaks } from '../support/write-csv.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** Physical lines without their breaks; a line break at the very end starts no line. */
function splitLines(text: string): { start: number; text: string }[] {
  const lines: { start: number; text: string }[] = [];
  let start = 0;
  for (const { 0: mark, index } of text.matchAll(/\r\n|\r|\n/g)) {
    lines.push({ start, text: text.slice(start, index) });
    start = index + mark.length;
  }
  if (start < text.length) lines.push({ start, text: text.slice(start) });
  return lines;
}

describe('any bytes', () => {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    fc
      .array(fc.constantFrom('"', ',', '\n', '\r', '\r\n', 'x', '1,2', '"', '\0', '\xff', ' ', 'w'.repeat(30)), {
        maxLength: 120,
      })
      .map((pieces) => pieces.join('')),
  );

  test('after a header are accounted for line by line: each is in one record, or blank', () => {
    fc.assert(
      fc.property(noise, fc.constantFrom(16, 64, 1024), (body, maxRecordBytes) => {
        const text = `a,b\n${body}`;
        const { records, blankLines, refusal } = readCsv(latin1(text), { maxRecordBytes });
        expect(refusal).toBeUndefined();
        const lines = splitLines(text);
        const covered = new Array<number>(lines.length).fill(0);
        covered[0] = 1;
        for (const { line, raw, faults } of records) {
          const { start } = lines[line - 1]!;
          expect(text.slice(start, start + raw.length)).toBe(raw);
          const isCut = faults.includes('row-too-long');
          if (isCut) expect(raw.length).toBe(maxRecordBytes);
          else expect(raw.length).toBeLessThanOrEqual(maxRecordBytes);
          const count = 1 + (isCut ? 0 : countLineBreaks(raw));
          for (let i = 0; i < count; i++) covered[line - 1 + i]!++;
          if (!isCut) {
            const last = lines[line - 1 + count - 1]!;
            expect(start + raw.length).toBe(last.start + last.text.length);
          }
        }
        const blanks = lines.filter((_, i) => covered[i] === 0);
        expect(blanks.every((line) => /^[ \t]*$/.test(line.text))).toBe(true);
        expect(blankLines).toBe(blanks.length);
        expect(covered.every((times) => times <= 1)).toBe(true);
      }),
      { numRuns: 800 },
    );
  });

  test('at the start of a file raise no exception: they are refused, or hold a header', () => {
    fc.assert(
      fc.property(noise, fc.nat(20), (text, size) => {
        const result = readChunks(cutEvery(latin1(text), size + 1), { maxRecordBytes: 64 });
        if (result.header === undefined) expect(result.records).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('one bad record', () => {
  const word = fc.constantFrom('T-1', '9.99', 'Credit Card', '2023-03-15', 'x', '');
  const goodValue = fc.oneof(
    word,
    word.filter(Boolean).map((text) => `"${text}"`),
    fc.constant('"a, ""b"" c"'),
  );
  const good = fc.tuple(goodValue, goodValue).map((values) => `k,${values.join(',')}`);
  const bad = fc.oneof(
    fc.constantFrom(
      ['row-field-count', 'k,1'],
      ['row-field-count', 'k,1,2,3'],
      ['row-field-count', '"k"'],
      ['row-encoding', 'k,\xff,1'],
      ['row-encoding', 'k,\0,1'],
      ['row-encoding', 'k,"\xc3",1'],
      ['row-quoting', 'k,1"2,3'],
      ['row-quoting', 'k,"1,2'],
      ['row-quoting', '"k,1,2'],
      ['row-quoting', 'k,1,"2'],
      ['row-quoting', 'k,"1"x,2'],
      ['row-quoting', 'k,1,"""'],
      ['row-quoting', 'k,1,"2""'],
      ['row-quoting', '"'],
      ['row-too-long', `k,1,${'x'.repeat(2000)}`],
      ['row-too-long', `k,1,"${'x'.repeat(2000)}"`],
      ['row-too-long', `k,1,"${'x'.repeat(2000)}`],
    ),
  );

  test('costs itself: all good records before and after it are read', () => {
    fc.assert(
      fc.property(
        fc.array(good, { maxLength: 12 }),
        bad,
        fc.array(good, { maxLength: 12 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.nat(100),
        (before, [code, record], after, end, size) => {
          const rows = [...before, record!, ...after];
          const chunks = cutEvery(latin1(`k,a,b${end}${rows.join(end)}${end}`), size + 1);
          const { records } = readChunks(chunks, { columns: ['k', 'a', 'b'] });
          expect(records.map(({ line, raw, faults }) => [line, raw, ...faults])).toEqual(
            rows.map((raw, i) => [i + 2, raw.slice(0, 1024), ...(i === before.length ? [code] : [])]),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('five megabytes made to be slow are read in one sweep', () => {
  const SIZE = 5 * 1024 * 1024;
  test.each([
    ['quotes', '"'],
    ['commas and quotes', ',"'],
    ['opened quotes, each on a line', 'x,"\n'],
    ['doubled quotes after an opened one, each on a line', '"""x\n'],
    ['an opened quote before many balanced lines', `"x\n${'""\n'.repeat(5000)}`],
    ['an opened quote before many plain lines', `1,"\n${'3,4\n'.repeat(100_000)}`],
    ['opened and closed quotes that swallow lines', `1,"\n${'3,4\n'.repeat(1000)}"\n`],
    ['CR LF', '\r\n'],
    ['commas', ','],
    ['lead bytes', '\xf4'],
    ['broken characters, each on a line', '\xf4\x8f\xbf,\n'],
  ])('%s', (_, pattern) => {
    const body = latin1(pattern.repeat(Math.ceil(SIZE / pattern.length)).slice(0, SIZE));
    let records = 0;
    const reader = new RecordReader({
      maxValueBytes: 64,
      columns: ['a', 'b'],
      maxRecordBytes: 1024 * 1024,
      batchSize: 1024,
      onBatch: ({ count }) => {
        records += count;
      },
    });
    reader.push(latin1('a,b\n'));
    for (const chunk of cutEvery(body, 64 * 1024)) reader.push(chunk);
    reader.end();
    expect(reader.records).toBe(records);
    expect(records + reader.blankLines).toBeGreaterThan(0);
  });
});
