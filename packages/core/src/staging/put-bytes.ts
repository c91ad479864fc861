import { CR, LF, TAB } from '../intake/byte-kinds.ts';
import { markControlsAndBackslashes, WORD_BYTES } from '../intake/byte-words.ts';
import type { ByteSource } from './byte-source.ts';

/*
 * Each function writes at `to` and returns the place behind what it wrote, so that a line is written with one variable and
 * no field of an object in between. Up to `SPARE_BYTES` behind that place may be overwritten.
 */

const BACKSLASH = 92;
const ZERO = 48;
const POINT = 46;
const MAX_SMALL = 0x7fffffff;

/** Bytes that staged text escapes. */
const NEEDS_ESCAPE = new Uint8Array(256);
for (const byte of [TAB, LF, CR, BACKSLASH]) NEEDS_ESCAPE[byte] = 1;

/** The two digits of each number below 100, as one number. */
const TWO_DIGITS = Uint16Array.from({ length: 100 }, (_, n) => ((ZERO + Math.floor(n / 10)) << 8) | (ZERO + (n % 10)));

/** Bytes that are staged text already; two words at once, since most values take one such step. */
export function putBytes(view: DataView, to: number, source: ByteSource, start: number, end: number): number {
  const from = source.view;
  const shift = to - start;
  if (end <= source.wordsEnd) {
    for (let at = start; at < end; at += 2 * WORD_BYTES) {
      view.setInt32(shift + at, from.getInt32(at, true), true);
      view.setInt32(shift + at + WORD_BYTES, from.getInt32(at + WORD_BYTES, true), true);
    }
  } else {
    for (let at = start; at < end; at++) view.setUint8(shift + at, from.getUint8(at));
  }
  return shift + end;
}

/** Any bytes; takes at most twice their number. In words up to the first that may need an escape. */
export function putEscaped(view: DataView, to: number, source: ByteSource, start: number, end: number): number {
  const from = source.view;
  const shift = to - start;
  let at = start;
  if (end <= source.wordsEnd) {
    for (; at < end; at += WORD_BYTES) {
      const word = from.getInt32(at, true);
      if (markControlsAndBackslashes(word) !== 0) break;
      view.setInt32(shift + at, word, true);
    }
  }
  return at >= end ? shift + end : putEscapedBytes(view, shift + at, source.bytes, at, end);
}

/** The same byte by byte. */
export function putEscapedBytes(view: DataView, to: number, bytes: Uint8Array, start: number, end: number): number {
  let place = to;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (NEEDS_ESCAPE[byte] === 1) view.setUint8(place++, BACKSLASH);
    view.setUint8(place++, byte);
  }
  return place;
}

/** A whole number from 0 to 2^53 - 1. */
export function putInteger(view: DataView, to: number, value: number): number {
  if (value > MAX_SMALL) {
    const hundreds = Math.floor(value / 100);
    const place = putInteger(view, to, hundreds);
    view.setUint16(place, TWO_DIGITS[value - hundreds * 100]!);
    return place + 2;
  }
  let rest = value | 0;
  const end = to + countDigits(rest);
  let place = end;
  while (rest >= 10) {
    const hundreds = (rest / 100) | 0;
    place -= 2;
    view.setUint16(place, TWO_DIGITS[rest - hundreds * 100]!);
    rest = hundreds;
  }
  if (place > to) view.setUint8(to, ZERO + rest);
  return end;
}

/** Hundredths from 0 to 2^53 - 1, with a point. */
export function putMoney(view: DataView, to: number, hundredths: number): number {
  const whole = hundredths <= MAX_SMALL ? ((hundredths | 0) / 100) | 0 : Math.floor(hundredths / 100);
  const point = putInteger(view, to, whole);
  view.setUint8(point, POINT);
  view.setUint16(point + 1, TWO_DIGITS[hundredths - whole * 100]!);
  return point + 3;
}

/** Of a number below 2^31. */
function countDigits(value: number): number {
  let count = 1;
  for (let limit = 10; value >= limit; limit *= 10) count++;
  return count;
}
