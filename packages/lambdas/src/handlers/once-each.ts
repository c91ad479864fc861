/** Does the work of each key once, however often it is asked for, and that of some keys at a time. */
export class OnceEach<Value> {
  readonly #done = new Map<string, Promise<Value>>();
  readonly #lanes: Promise<unknown>[];

  constructor(atOnce: number) {
    this.#lanes = Array.from({ length: atOnce }, () => Promise.resolve());
  }

  /** @returns what the work for this key gave, also where it failed */
  do(key: string, work: () => Promise<Value>): Promise<Value> {
    const known = this.#done.get(key);
    if (known !== undefined) return known;
    const lane = this.#done.size % this.#lanes.length;
    const done = this.#lanes[lane]!.then(work);
    this.#lanes[lane] = done.catch(() => undefined);
    this.#done.set(key, done);
    return done;
  }
}
