import { below, mix } from './draw.ts';

/**
 * Draws things so that few are drawn often and most rarely: each doubling of the rank gets the same share of draws,
 * which is Zipf's law in steps. It needs no table, so ten million customers cost no memory, and only exact arithmetic,
 * so every machine draws the same.
 */
export class LongTail {
  readonly #size: number;
  readonly #head: number;
  readonly #doublings: number;
  readonly #step: number;
  readonly #inverse: number;
  readonly #shift: number;

  /**
   * @param size how many things there are: 1 to 50,000,000
   * @param head how many of them share the top rank: a larger head makes a flatter curve
   */
  constructor(size: number, head: number, seed: number) {
    this.#size = size;
    this.#head = head;
    let full = 0;
    while (head * 2 ** (full + 1) <= size + head) full++;
    this.#doublings = full + (size + head - head * 2 ** full) / (head * 2 ** full);
    [this.#step, this.#inverse] = scatter(size);
    this.#shift = below(mix(seed), Math.min(size, 2 ** 20));
  }

  /** The index, 0 to `size - 1`, that a draw leads to. */
  indexOf(draw: number): number {
    const t = draw * 2 ** -32 * this.#doublings;
    const whole = t | 0;
    const rank = Math.floor(this.#head * (1 << whole) * (1 + t - whole)) - this.#head;
    return ((rank < this.#size ? rank : this.#size - 1) * this.#step + this.#shift) % this.#size;
  }

  /** How popular an index is: 0 is the most popular. */
  rankOf(index: number): number {
    return ((index - this.#shift + this.#size) * this.#inverse) % this.#size;
  }
}

/** A step coprime to the size, and its inverse: popular things must not sit side by side at the front. */
function scatter(size: number): [step: number, inverse: number] {
  for (let step = Math.max(1, Math.floor(size * 0.618)); ; step++) {
    const inverse = inverseOf(step, size);
    if (inverse !== undefined) return [step % Math.max(size, 2), inverse];
  }
}

/** Euclid's algorithm, extended; `undefined` where the two share a factor. */
function inverseOf(value: number, modulus: number): number | undefined {
  let [r, nextR, t, nextT] = [modulus, value % modulus, 0, 1];
  while (nextR !== 0) {
    const quotient = Math.floor(r / nextR);
    [r, nextR, t, nextT] = [nextR, r - quotient * nextR, nextT, t - quotient * nextT];
  }
  return r === 1 ? (t + modulus) % modulus : undefined;
}
