/**
 * Chance as a pure function. A draw is `mix(hash + salt)`: any row of any transaction can be had again later, in any
 * order, without keeping it. A sequential generator could not do that.
 */

const TO_UNIT = 2 ** -32;

/** A well mixed unsigned 32-bit number; a bijection of 32-bit numbers (the "lowbias32" constants of Chris Wellons). */
export function mix(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** An integer from 0 to `count - 1` out of a draw; `count` at most 2^20. */
export function below(draw: number, count: number): number {
  return Math.floor(draw * TO_UNIT * count);
}

/** A draw is below the returned bound in `share` of all cases. */
export function boundOf(share: number): number {
  return Math.round(share * 2 ** 32);
}

/** Successive draws for the rare places that need an unknown number of them. */
export class Draws {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  next(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    return mix(this.#state);
  }

  below(count: number): number {
    return below(this.next(), count);
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }
}
