import type { Clock } from '../ports/clock.port.ts';

/** A clock that a test moves. */
export class ManualClock implements Clock {
  #time: number;

  /** @param time milliseconds since 1970-01-01 UTC */
  constructor(time: number = Date.UTC(2023, 2, 16, 1)) {
    this.#time = time;
  }

  now(): number {
    return this.#time;
  }

  /** @param milliseconds whole; below 0 as well, as when a real clock is set back */
  advance(milliseconds: number): void {
    this.#time += milliseconds;
  }
}
