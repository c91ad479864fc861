import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { DateBytes, formatDay, parseDay } from '../src/calendar.ts';
import { DueRows } from '../src/due-rows.ts';
import { GzipStream } from '../src/gzip-stream.ts';
import { Identifier } from '../src/identifier.ts';
import { LongTail } from '../src/long-tail.ts';
import { centsText, putCents, putInteger } from '../src/put-number.ts';

const written = (put: (out: Buffer) => number): string => {
  const out = Buffer.alloc(64);
  return out.toString('latin1', 0, put(out));
};

describe('numbers as bytes', () => {
  test.each([0, 7, 10, 99, 100, 2147483647, 2147483648, 999999999999, -5, 4503599627370496])(
    'putInteger %p',
    (value) => {
      expect(written((out) => putInteger(out, 0, value))).toBe(String(value));
    },
  );

  test.each([0, 1, 99, 100, 2147483647, 2147483648, 999999999999, 4503599627370495])('putCents %p', (cents) => {
    expect(written((out) => putCents(out, 0, cents))).toBe(centsText(cents));
    expect(centsText(cents)).toBe(centsText(BigInt(cents)));
  });

  test.each([0, 41, 99_999, 123_456_788, 9_999_999_998])('an identifier has the same bytes as text: %p', (index) => {
    const identifier = new Identifier('T', 10);

    expect(written((out) => identifier.put(out, 0, index))).toBe(identifier.text(index));
    expect(identifier.text(index)).toHaveLength(11);
  });
});

describe('days', () => {
  test.each(['2023-02-29', '2023-13-01', '23-01-01', '2023-1-1', ''])('%p is none', (text) => {
    expect(parseDay(text)).toBeUndefined();
  });

  test('a day has the same bytes as text', () => {
    const day = parseDay('2024-02-29')!;
    const dates = new DateBytes(day - 3, day + 3);

    expect(written((out) => dates.put(out, 0, day + 1))).toBe('2024-03-01');
    expect(formatDay(day)).toBe('2024-02-29');
  });
});

describe('the long tail', () => {
  test.each([1, 2, 3, 7, 64, 500, 99_991])('of %p things reaches each rank once and nothing else', (size) => {
    const tail = new LongTail(size, 4, 1);

    const ranks = Array.from({ length: size }, (_, index) => tail.rankOf(index));

    expect(new Set(ranks).size).toBe(size);
    expect(Math.min(...ranks.slice(0, 1000))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...ranks.slice(0, 1000))).toBeLessThan(size);
    expect(tail.rankOf(tail.indexOf(0))).toBe(0);
    expect(tail.rankOf(tail.indexOf(2 ** 32 - 1))).toBe(size - 1);
  });
});

describe('rows that are due', () => {
  test('come back by day in the order of their adding, over many chunks, and once', () => {
    const due = new DueRows();
    for (let index = 0; index < 30_000; index++) due.add(index % 2, 1e9 + index, index % 8);

    const odd = due.take(1);
    const seen: [number, number][] = [];
    while (odd.length > 0) {
      odd.next();
      seen.push([odd.index - 1e9, odd.place]);
    }

    expect(seen).toEqual(Array.from({ length: 15_000 }, (_, i) => [2 * i + 1, (2 * i + 1) % 8]));
    expect(due.take(1)).toHaveLength(0);
  });
});

describe('gzip by chunks', () => {
  test.each([0, 1, 5])('%p chunks unpack to what was added', (count) => {
    const stream = new GzipStream();
    const chunks = Array.from({ length: count }, (_, i) => Buffer.from(`chunk ${i} `.repeat(5000)));

    const packed = Buffer.concat([...chunks.map((chunk) => stream.add(chunk)), stream.end()]);

    expect(gunzipSync(packed)).toEqual(Buffer.concat(chunks));
  });
});
