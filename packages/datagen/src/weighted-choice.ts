/** Picks among things by weight. */
export class WeightedChoice<T> {
  readonly #things: readonly T[];
  readonly #ends: readonly number[];

  constructor(things: readonly T[], weightOf: (thing: T) => number) {
    this.#things = things;
    let sum = 0;
    this.#ends = things.map((thing) => (sum += weightOf(thing)));
  }

  /** The thing that an unsigned 32-bit draw leads to; a thing of weight 0 is never picked. */
  pick(draw: number): T {
    const at = draw * 2 ** -32 * (this.#ends.at(-1) ?? 0);
    return this.#things[this.#ends.findIndex((end) => at < end)] as T;
  }
}
