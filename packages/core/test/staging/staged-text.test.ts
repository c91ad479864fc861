import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ByteSource } from '../../src/staging/byte-source.ts';
import { ByteWriter } from '../../src/staging/byte-writer.ts';
import { putBytes, putEscaped, putEscapedBytes, putInteger, putMoney } from '../../src/staging/put-bytes.ts';
import { decodeStagedLines, encodeStagedLine, escapeStagedValue } from '../../src/staging/staged-text.ts';
import { money } from '../support/row-model.ts';

describe('staged text', () => {
  const value = fc.string({
    unit: fc.constantFrom('a', '\t', '\n', '\r', '\\', 'n', 't', '.', 'é', '\ufeff', '😀'),
    maxLength: 8,
  });

  test('comes back as it was for any values', () => {
    const rows = fc.array(fc.array(value, { minLength: 1, maxLength: 5 }), { maxLength: 5 });
    fc.assert(
      fc.property(rows, (given) => {
        const bytes = Buffer.concat(given.map((row) => encodeStagedLine(row)));
        expect(decodeStagedLines(bytes)).toEqual(given);
      }),
    );
  });

  test('is one physical line a row once the escaped breaks are taken away', () => {
    const line = Buffer.from(encodeStagedLine(['a\tb', 'c\nd', 'e\rf', 'g\\h', 5])).toString();
    expect(line).toBe('a\\\tb\tc\\\nd\te\\\rf\tg\\\\h\t5\n');
  });
});

/** What `put` writes, behind the bytes that stand there already. */
function written(put: (view: DataView, to: number) => number): string {
  const bytes = new Uint8Array(256).fill(35);
  const end = put(new DataView(bytes.buffer), 3);
  expect(Buffer.from(bytes.subarray(0, 3)).toString()).toBe('###');
  return Buffer.from(bytes.subarray(3, end)).toString('latin1');
}

describe('what is put', () => {
  test('as a whole number or as money is what an exact printer writes, up to 2^53', () => {
    const numbers = fc.oneof(
      fc.nat(100_000),
      fc.maxSafeNat(),
      fc.constantFrom(
        0,
        1,
        9,
        10,
        99,
        100,
        999,
        1000,
        2 ** 31 - 1,
        2 ** 31,
        2 ** 31 + 1,
        2 ** 32,
        Number.MAX_SAFE_INTEGER,
      ),
    );
    fc.assert(
      fc.property(numbers, (value) => {
        expect(written((view, to) => putInteger(view, to, value))).toBe(String(value));
        expect(written((view, to) => putMoney(view, to, value))).toBe(money(BigInt(value)));
      }),
      { numRuns: 1000 },
    );
  });

  test('in words is what is put byte by byte, wherever it stands and whatever follows it', () => {
    const byte = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0x21, max: 0xff }) },
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(9, 10, 13, 92, 0x1f, 0x20, 0x5b, 0x5d, 0x80),
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 40 }), fc.nat(40), fc.nat(40), (values, one, other) => {
        const bytes = Uint8Array.from(values);
        const [start, end] = [one, other].map((place) => Math.min(place, values.length)).sort((a, b) => a - b);
        const source = new ByteSource();
        source.use(bytes);
        const plain = Buffer.from(bytes.subarray(start, end)).toString('latin1');
        expect(written((view, to) => putBytes(view, to, source, start!, end!))).toBe(plain);
        const escaped = written((view, to) => putEscapedBytes(view, to, bytes, start!, end!));
        expect(escaped).toBe(escapeStagedValue(plain));
        expect(written((view, to) => putEscaped(view, to, source, start!, end!))).toBe(escaped);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a writer of bytes', () => {
  test('hands out each byte once, in order, in blocks that end where a line does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 40 }),
        fc.integer({ min: 8, max: 64 }),
        (lengths, size) => {
          const writer = new ByteWriter(size);
          const blocks: Uint8Array[] = [];
          const lines = lengths.map((length, i) => `${String.fromCharCode(97 + (i % 26)).repeat(length)}\n`);
          for (const line of lines) {
            writer.reserve(line.length);
            writer.putEscaped(Buffer.from(line), 0, line.length - 1);
            writer.putByte(10);
            blocks.push(...writer.take());
          }
          blocks.push(...writer.take(true));
          expect(Buffer.concat(blocks).toString()).toBe(lines.join(''));
          for (const block of blocks) expect(block.at(-1)).toBe(10);
          expect(writer.take(true)).toEqual([]);
        },
      ),
    );
  });
});
