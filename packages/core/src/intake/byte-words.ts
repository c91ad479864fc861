/**
 * Four bytes at once. A word is what `DataView.getInt32(at, true)` reads: its lowest byte stands first. A mark is the top
 * bit of a byte of a word.
 */
export const WORD_BYTES = 4;

/** Bytes that must be there behind what is read or written in words: they are read and written too, to no effect. */
export const SPARE_BYTES = 8;

const TOP_BITS = 0x80808080 | 0;
const ONES = 0x01010101;
const SPACES = 0x20202020;
const DASHES = 0x2d2d2d2d;
const BACKSLASHES = 0x5c5c5c5c;

/**
 * Marks each byte below `-` and each that is not ASCII: all that ends a field or a line stands among them, hardly any digit
 * or letter does. A `-` behind a marked byte may be marked too.
 */
export function markUncommon(word: number): number {
  return ((word - DASHES) | word) & TOP_BITS;
}

/** Marks each byte below a space and each backslash. What stands behind a marked byte may be marked too. */
export function markControlsAndBackslashes(word: number): number {
  const slashesAreZero = word ^ BACKSLASHES;
  return (((word - SPACES) & ~word) | ((slashesAreZero - ONES) & ~slashesAreZero)) & TOP_BITS;
}

/** The place of the first marked byte of a word, from 0. */
export function firstMarked(marks: number): number {
  return (31 - Math.clz32(marks & -marks)) >> 3;
}
