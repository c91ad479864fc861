import type { Clock } from '@weir/core';

/** The time of this machine. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }
}
