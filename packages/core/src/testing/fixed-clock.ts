import type { Clock } from '../ports/clock.port.ts';

/** A clock that stands still. */
export class FixedClock implements Clock {
  readonly #time: number;

  /** @param time milliseconds since 1970-01-01 UTC */
  constructor(time: number = Date.UTC(2023, 2, 16, 1)) {
    this.#time = time;
  }

  now(): number {
    return this.#time;
  }
}
