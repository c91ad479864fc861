import { describe, expect, jest, test } from '@jest/globals';
import type { ByteWindow } from '../../src/intake/byte-window.ts';
import { QuotedRecord } from '../../src/intake/quoted-record.ts';
import { RecordReader } from '../../src/intake/record-reader.ts';
import { cutEvery, readChunks } from '../support/read-csv.ts';

const LIMIT = 1024;
const plain = (bytes: number) => `1,${'x'.repeat(bytes - 2)}`;
const quoted = (bytes: number) => `1,"${'x'.repeat(bytes - 4)}"`;
const multiline = (bytes: number) => `1,"${'x'.repeat(bytes - 10)}",3,"\n"`;

describe('a record', () => {
  for (const size of [1, 7, 512, 1025, 1026, 1027, 100_000]) {
    for (const end of ['\n', '\r\n', '\r']) {
      const read = (row: string) =>
        readChunks(cutEvery(Buffer.from(`a,b\n${row}${end}2,3${end}`), size)).records.map(({ line, faults, raw }) => ({
          line,
          faults,
          length: raw.length,
        }));
      const name = `in chunks of ${size} with ${JSON.stringify(end)}`;

      test(`of the limit is read, ${name}`, () => {
        const ok = [
          { line: 2, faults: [], length: LIMIT },
          { line: 3, faults: [], length: 3 },
        ];
        expect(read(plain(LIMIT))).toEqual(ok);
        expect(read(quoted(LIMIT))).toEqual(ok);
      });

      test(`of one byte more is row-too-long, and its first bytes are kept, ${name}`, () => {
        const cut = [
          { line: 2, faults: ['row-too-long'], length: LIMIT },
          { line: 3, faults: [], length: 3 },
        ];
        expect(read(plain(LIMIT + 1))).toEqual(cut);
        expect(read(quoted(LIMIT + 1))).toEqual(cut);
        expect(read(plain(LIMIT * 5))).toEqual(cut);
        expect(read(quoted(LIMIT * 5))).toEqual(cut);
        expect(read(`1,"${'x'.repeat(LIMIT)}`)).toEqual(cut);
      });
    }
  }

  test.each([1, 100, 10_000])('over several lines may be of the limit, in chunks of %i', (size) => {
    const read = (row: string) =>
      readChunks(cutEvery(Buffer.from(`a,x,b,y\n${row}\n2,3,4,5\n`), size)).records.map(({ line, faults }) => [
        line,
        ...faults,
      ]);
    expect(read(multiline(LIMIT))).toEqual([[2], [4]]);
    expect(read(multiline(LIMIT + 1))).toEqual([[2, 'row-quoting'], [3, 'row-quoting'], [4]]);
  });

  test('at the end of the file may be of the limit and not longer', () => {
    const faults = (row: string) => readChunks([Buffer.from(`a,b\n${row}`)]).records.map((record) => record.faults);
    expect(faults(plain(LIMIT))).toEqual([[]]);
    expect(faults(plain(LIMIT + 1))).toEqual([['row-too-long']]);
    expect(faults(quoted(LIMIT))).toEqual([[]]);
    expect(faults(quoted(LIMIT + 1))).toEqual([['row-too-long']]);
  });
});

describe('a record in many chunks', () => {
  test.each([
    ['a quoted value of many lines', `"${'x\n'.repeat(10_000)}",y\n`],
    ['a quote that is not closed', `"${'x\n'.repeat(10_000)}`],
  ])('is read anew only when its bytes have doubled: %s', (_, text) => {
    const reads = jest.spyOn(QuotedRecord.prototype, 'read');
    try {
      const bytes = Buffer.from(`x,a,b\n1,2,3\n${text}`);
      readChunks(cutEvery(bytes, 10), { maxRecordBytes: 15_000 });
      // The header and its names, then the record.
      const starts = reads.mock.calls.filter(([given]) => given.length > 100).length;
      expect(starts).toBeLessThan(2 * Math.log2(bytes.length));
    } finally {
      reads.mockRestore();
    }
  });
});

describe('a line of blanks', () => {
  test.each([1, 500, 100_000])(
    'that is longer than the limit is row-too-long like any other, in chunks of %i',
    (size) => {
      const read = (blanks: number) => {
        const text = `a,b\n${' '.repeat(blanks)}\n1,2\n`;
        const { blankLines, records } = readChunks(cutEvery(Buffer.from(text), size));
        return [blankLines, ...records.map(({ line, faults }) => [line, ...faults])];
      };
      expect(read(LIMIT)).toEqual([1, [3]]);
      expect(read(LIMIT + 1)).toEqual([0, [2, 'row-too-long'], [3]]);
      expect(read(LIMIT * 3)).toEqual([0, [2, 'row-too-long'], [3]]);
    },
  );
});

describe('memory', () => {
  const CHUNK = 64 * 1024;
  const ONE_MIB = 1024 * 1024;

  /** Feeds 64 MiB and returns the reader with the largest buffer that it held. */
  function feed(fill: string): { reader: RecordReader; largest: number; faults: number[] } {
    const faults: number[] = [];
    const reader = new RecordReader({
      columns: ['a', 'b'],
      maxRecordBytes: ONE_MIB,
      maxValueBytes: 64,
      batchSize: 1024,
      onBatch: (batch) => {
        for (let i = 0; i < batch.count; i++) faults.push(batch.fault[i]!);
      },
    });
    const held = reader as unknown as { readonly window: ByteWindow };
    const chunk = Buffer.from(fill.repeat(Math.ceil(CHUNK / fill.length)).slice(0, CHUNK));
    let largest = 0;
    reader.push(Buffer.from('a,b\n1,'));
    for (let i = 0; i < 1024; i++) {
      reader.push(chunk);
      largest = Math.max(largest, held.window.bytes.length);
    }
    reader.push(Buffer.from('\n2,3\n'));
    reader.end();
    return { reader, largest, faults };
  }

  test.each([
    ['plain', 'x'],
    ['made of commas', ','],
    ['made of blanks', ' '],
  ])('holds a record and a chunk, twice at most, under a line of 64 MiB %s', (_, fill) => {
    const { reader, largest, faults } = feed(fill);
    expect(largest).toBeLessThanOrEqual(2 * (ONE_MIB + CHUNK + 64));
    expect(reader.records).toBe(2);
    expect(faults[1]).toBe(0);
  });

  test('holds no more under 64 MiB after a quote that is not closed', () => {
    const { largest, faults } = feed(`"${'x'.repeat(70_000)}`);
    expect(largest).toBeLessThanOrEqual(2 * (ONE_MIB + CHUNK + 64));
    expect(faults.at(-1)).toBe(0);
  });

  test('holds no more under a header of 64 MiB', () => {
    const reader = new RecordReader({
      columns: ['a'],
      maxRecordBytes: ONE_MIB,
      maxValueBytes: 64,
      batchSize: 8,
      onBatch: () => undefined,
    });
    const held = reader as unknown as { readonly window: ByteWindow };
    const chunk = Buffer.alloc(CHUNK, 'x');
    for (let i = 0; i < 1024; i++) reader.push(chunk);
    reader.end();
    expect(held.window.bytes.length).toBeLessThanOrEqual(2 * (ONE_MIB + CHUNK + 64));
    expect(reader.refusal?.code).toBe('file-not-text');
  });
});
