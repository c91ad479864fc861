import { CR, LF } from './byte-kinds.ts';

const LFS = 0x0a0a0a0a;
const CRS = 0x0d0d0d0d;
const ABOVE_CRS = 0x0e0e0e0e;
const TOP_BITS = 0x80808080 | 0;

/**
 * The number of line breaks in `bytes[start, end)`: LF, CR, or both as one. A CR at the very end counts: a line feed behind
 * it must not be counted again.
 */
export function countLineBreaks(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  let at = start;
  for (; at < end && (bytes.byteOffset + at) % 4 !== 0; at++) count += breaksAt(bytes, at, end);
  if (at === end) return count;
  // Four bytes at once: nearly all words hold no line break at all.
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + at, (end - at) >> 2);
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (!mayBreak(word)) continue;
    if (zeroBytes(word ^ CRS) !== 0) {
      const from = at + i * 4;
      for (let k = 0; k < 4; k++) count += breaksAt(bytes, from + k, end);
    } else {
      const found = zeroBytes(word ^ LFS);
      if (found !== 0) count += Math.imul(found >>> 7, 0x01010101) >>> 24;
    }
  }
  for (at += words.length * 4; at < end; at++) count += breaksAt(bytes, at, end);
  return count;
}

/** A CR with a LF behind it is left to the LF. */
function breaksAt(bytes: Uint8Array, at: number, end: number): number {
  const byte = bytes[at];
  return byte === LF || (byte === CR && (at + 1 === end || bytes[at + 1] !== LF)) ? 1 : 0;
}

/** Whether a byte may be CR or below it; no where none is. */
function mayBreak(word: number): boolean {
  return ((word - ABOVE_CRS) & ~word & TOP_BITS) !== 0;
}

/** The top bit of each byte that is 0. */
function zeroBytes(word: number): number {
  return ~(((word & 0x7f7f7f7f) + 0x7f7f7f7f) | word | 0x7f7f7f7f);
}
