import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ByteWriter } from '../../src/staging/byte-writer.ts';
import { decodeStagedLines, encodeStagedLine } from '../../src/staging/staged-text.ts';
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

describe('a writer of bytes', () => {
  const write = (put: (writer: ByteWriter) => void) => {
    const writer = new ByteWriter();
    writer.reserve(64);
    put(writer);
    return Buffer.concat(writer.take(true)).toString();
  };

  test('writes whole numbers and money as an exact printer does, up to 2^53', () => {
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
        expect(write((writer) => writer.putInteger(value))).toBe(String(value));
        expect(write((writer) => writer.putMoney(value))).toBe(money(BigInt(value)));
      }),
      { numRuns: 1000 },
    );
  });

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
            writer.put(Buffer.from(line), 0, line.length);
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
