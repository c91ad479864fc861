import { putPadded } from './put-number.ts';

const HALF = 1e5;

/** A letter and a number of fixed width, so that byte order is number order: `P00042`. Numbers start at 1. */
export class Identifier {
  readonly letter: string;
  readonly width: number;

  /** `width` is 1 to 10 digits. */
  constructor(letter: string, width: number) {
    this.letter = letter;
    this.width = width;
  }

  /** The identifier of the `index`-th thing, counted from 0. */
  text(index: number): string {
    return this.letter + String(index + 1).padStart(this.width, '0');
  }

  put(out: Uint8Array, at: number, index: number): number {
    out[at] = this.letter.charCodeAt(0);
    const number = index + 1;
    if (this.width <= 9) return putPadded(out, at + 1, number, this.width);
    const high = Math.floor(number / HALF);
    return putPadded(out, putPadded(out, at + 1, high, this.width - 5), number - high * HALF, 5);
  }
}

/** Ten digits: enough for any amount of rows that a disk can hold. */
export const transactionIdentifier = new Identifier('T', 10);

/** At least five digits, more where the count needs them, with room for ids that are not in the dimension. */
export function identifierFor(letter: string, count: number): Identifier {
  return new Identifier(letter, Math.max(5, String(count * 2).length));
}
