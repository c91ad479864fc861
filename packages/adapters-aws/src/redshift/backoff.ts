import { setTimeout as sleepFor } from 'node:timers/promises';

export interface BackoffOptions {
  /** Waits so many milliseconds; for tests. */
  readonly sleep?: ((milliseconds: number) => Promise<void>) | undefined;
  /** From 0 to below 1; for tests. */
  readonly random?: (() => number) | undefined;
}

const FIRST = 250;
const LONGEST = 15_000;

/** Pauses between tries: twice as long each time up to 15 s, with chance, so that many callers do not march in step. */
export class Backoff {
  readonly #sleep: (milliseconds: number) => Promise<void>;
  readonly #random: () => number;

  constructor({ sleep = sleepFor, random = Math.random }: BackoffOptions) {
    this.#sleep = async (milliseconds) => {
      await sleep(milliseconds);
    };
    this.#random = random;
  }

  /** @param tries how many there were, from 1 */
  pause(tries: number, longest: number = LONGEST): Promise<void> {
    const most = Math.min(FIRST * 2 ** (tries - 1), longest);
    return this.#sleep(most * (0.5 + this.#random() / 2));
  }
}
