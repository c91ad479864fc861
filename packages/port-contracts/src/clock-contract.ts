import assert from 'node:assert/strict';
import type { Clock } from '@weir/core';
import type { Contract } from './contract.ts';

export interface ClockSubject {
  readonly clock: Clock;
}

/** What time it is. */
export const clockContract: Contract<ClockSubject> = {
  port: 'Clock',
  clauses: {
    'tells whole milliseconds': async ({ clock }) => {
      for (let i = 0; i < 100; i++) assert.ok(Number.isSafeInteger(clock.now()), `${clock.now()} is not whole`);
    },

    'counts milliseconds since 1970, and neither seconds nor microseconds': async ({ clock }) => {
      const now = clock.now();
      assert.ok(now > Date.UTC(2020) && now < Date.UTC(2120), `${now} is no time of ours`);
    },

    'does not go back by itself': async ({ clock }) => {
      let last = clock.now();
      for (let i = 0; i < 1000; i++) {
        const now = clock.now();
        assert.ok(now >= last, `${now} comes after ${last}`);
        last = now;
      }
    },
  },
};
