import type { PendingReplay } from '@weir/core';
import { InMemoryPendingReplay } from '@weir/core/testing';
import type { Open, PendingReplaySubject } from '../../src/index.ts';
import { replaceMethods } from './replace-methods.ts';

/** Memories of what is due that are wrong on purpose. */
export const BAD_PENDING_REPLAYS: Readonly<Record<string, Open<PendingReplaySubject>>> = {
  'has something due by itself': open((pending) => ({
    read: async () => (await pending.read()) ?? { after: undefined, revision: '0' },
  })),
  'forgets a demand': open(() => ({ demand: async () => undefined })),
  'demands nothing new while something is due': open((pending) => ({
    demand: async () => {
      if ((await pending.read()) === undefined) await pending.demand();
    },
  })),
  'takes a demand for none where nothing was noted': open((pending) => ({
    demand: async () => {
      const due = await pending.read();
      if (due === undefined || due.after !== undefined) await pending.demand();
    },
  })),
  'does not note how far it is': open(() => ({ advance: async (read) => read })),
  'keeps all of a reject': open((pending) => ({
    advance: async (read, after) => {
      const advanced = await pending.advance(read, after);
      return advanced === undefined ? undefined : { ...advanced, after };
    },
  })),
  'goes on behind a demand': open((pending) => ({
    advance: async (_, after) => pending.advance((await pending.read()) ?? { after, revision: '' }, after),
  })),
  'is complete whatever came since': open((pending) => ({
    complete: async () => {
      const due = await pending.read();
      if (due !== undefined) await pending.complete(due);
    },
  })),
  'is never complete': open(() => ({ complete: async () => undefined })),
  'is demanded once for all': open((pending) => {
    let isDemanded = false;
    return {
      demand: async () => {
        const due = await pending.read();
        if (!isDemanded || due !== undefined) await pending.demand();
        isDemanded = true;
      },
    };
  }),
};

function open(spoil: (pending: PendingReplay) => Partial<PendingReplay>): Open<PendingReplaySubject> {
  return async () => {
    const pending = new InMemoryPendingReplay();
    return { pending: replaceMethods<PendingReplay>(pending, spoil(pending)), close: async () => {} };
  };
}
