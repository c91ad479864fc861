import { describe, expect, test } from '@jest/globals';
import { formatTimestamp, parseTimestamp } from '../src/index.ts';

describe('formatTimestamp', () => {
  test.each([
    [0, '1970-01-01 00:00:00.000'],
    [Date.UTC(2023, 2, 26, 1, 30, 0, 7), '2023-03-26 01:30:00.007'],
    [-1, '1969-12-31 23:59:59.999'],
    [Date.UTC(9999, 11, 31, 23, 59, 59, 999), '9999-12-31 23:59:59.999'],
  ])('writes %d in UTC and reads it back', (milliseconds, text) => {
    expect(formatTimestamp(milliseconds)).toBe(text);
    expect(parseTimestamp(text)).toBe(milliseconds);
  });

  test('refuses years that do not have four digits', () => {
    expect(() => formatTimestamp(Date.UTC(10_000, 0, 1))).toThrow(RangeError);
    expect(() => formatTimestamp(Date.UTC(-1, 0, 1))).toThrow(RangeError);
    expect(() => formatTimestamp(Number.NaN)).toThrow(RangeError);
  });

  test.each(['2023-03-15', '2023-03-15 01:02:03', '', '2023-13-15 01:02:03.123'])('reads no other form: %j', (text) => {
    expect(() => parseTimestamp(text)).toThrow(RangeError);
  });
});
