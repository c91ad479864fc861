import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { printable, printableJson } from '../../src/text/index.ts';

/** Everything that begins a line, moves a cursor, colours, hides or turns text around, by number. */
const steering = fc.constantFrom(
  ...[0x00, 0x07, 0x08, 0x0a, 0x0d, 0x1b, 0x7f, 0x85, 0x90, 0x9b, 0x9d, 0xad, 0x200b, 0x200e, 0x2028, 0x2029, 0x202e],
  ...[0x2066, 0xd800, 0xdfff, 0xfeff, 0xe0001],
);
const text = fc.array(
  fc.oneof(
    steering.map((code) => String.fromCodePoint(code)),
    fc.string({ unit: 'binary' }),
  ),
);
const nasty = text.map((parts) => parts.join(''));
const STEERS = /[\p{Cc}\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Cs}/u;

describe('a text of others', () => {
  test.each([
    ['plain, é, €, 😀', 'plain, é, €, 😀'],
    ['two\r\nlines', 'two\\u{d}\\u{a}lines'],
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['\u009b31mred', '\\u{9b}31mred'],
    ['\u202ereversed', '\\u{202e}reversed'],
    ['half \ud800 a letter', 'half \\u{d800} a letter'],
  ])('%j is shown as %j', (value, shown) => {
    expect(printable(value)).toBe(shown);
  });

  test('is one line that steers nothing, shown twice as shown once', () => {
    fc.assert(
      fc.property(nasty, (value) => {
        expect(printable(value)).not.toMatch(STEERS);
        expect(printable(printable(value))).toBe(printable(value));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a document of others', () => {
  test('names the one place among invisible characters that Unicode has not given away yet', () => {
    expect(printableJson({ a: '\u2065' })).toBe('{"a":"\\u2065"}');
  });

  test('is one line that steers nothing, and parses to the very value', () => {
    fc.assert(
      fc.property(nasty, nasty, (name, value) => {
        const json = printableJson({ [name]: [value] });
        expect(json).not.toMatch(STEERS);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ [name]: [value] })));
      }),
      { numRuns: 2000 },
    );
  });
});
