export const TAB = 9;
export const LF = 10;
export const CR = 13;
const SPACE = 32;
export const QUOTE = 34;
export const COMMA = 44;

/**
 * What a byte means to a reader of CSV outside quotes, in this order: below `quote` is what a value holds, from `comma` on
 * what ends it.
 */
export const KIND = { plain: 0, blank: 1, unusual: 2, quote: 3, comma: 4, lineFeed: 5, carriageReturn: 6 } as const;

/** The kind of each byte. Unusual are NUL and all that is not ASCII: such a record must be checked as UTF-8. */
export const KIND_OF = new Uint8Array(256).fill(KIND.unusual, 128);
KIND_OF[0] = KIND.unusual;
KIND_OF[TAB] = KIND.blank;
KIND_OF[SPACE] = KIND.blank;
KIND_OF[LF] = KIND.lineFeed;
KIND_OF[CR] = KIND.carriageReturn;
KIND_OF[QUOTE] = KIND.quote;
KIND_OF[COMMA] = KIND.comma;

export function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB;
}

/** The place of the first line feed or carriage return in `bytes[start, end)`; `end` where there is none. */
export function findLineBreak(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== LF && bytes[at] !== CR) at++;
  return at;
}

/** The place after the line break at `at`; a CR and a LF after it are one. */
export function afterLineBreak(bytes: Uint8Array, at: number, end: number): number {
  return bytes[at] === CR && at + 1 < end && bytes[at + 1] === LF ? at + 2 : at + 1;
}
