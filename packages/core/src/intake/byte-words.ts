/**
 * Four bytes at once. A word is what `DataView.getInt32(at, true)` reads: its lowest byte stands first. A mark is the top
 * bit of a byte of a word.
 */
export const WORD_BYTES = 4;

const TOP_BITS = 0x80808080 | 0;
const DASHES = 0x2d2d2d2d;

/**
 * Marks each byte below `-` and each that is not ASCII: all that ends a field or a line stands among them, hardly any digit
 * or letter does. A `-` behind a marked byte may be marked too.
 */
export function markUncommon(word: number): number {
  return ((word - DASHES) | word) & TOP_BITS;
}

/** The place of the first marked byte of a word, from 0. */
export function firstMarked(marks: number): number {
  return (31 - Math.clz32(marks & -marks)) >> 3;
}
