import assert from 'node:assert/strict';
import type { DueReplay, PendingReplay, RejectPlace } from '@weir/core';
import type { Contract } from './contract.ts';

export interface PendingReplaySubject {
  readonly pending: PendingReplay;
}

const PLACE: RejectPlace = { key: 'day/é "a".csv', contentHash: 'sha256:a', line: 5_000_000_017 };
const FURTHER: RejectPlace = { key: 'day/é "a".csv', contentHash: 'sha256:b', line: 2 };

async function readDue({ pending }: PendingReplaySubject): Promise<DueReplay> {
  const due = await pending.read();
  assert.ok(due !== undefined, 'nothing is due');
  return due;
}

const placeOf = async ({ pending }: PendingReplaySubject) => {
  const due = await pending.read();
  return due === undefined ? 'nothing' : (due.after ?? 'all');
};

async function demandAndRead(subject: PendingReplaySubject): Promise<DueReplay> {
  await subject.pending.demand();
  return readDue(subject);
}

/** That rejects are to be read again, and how far that is. */
export const pendingReplayContract: Contract<PendingReplaySubject> = {
  port: 'PendingReplay',
  clauses: {
    'has nothing due before it is demanded': async (subject) => {
      assert.equal(await placeOf(subject), 'nothing');
    },

    'has all due once it is demanded, also twice': async (subject) => {
      await subject.pending.demand();
      assert.equal(await placeOf(subject), 'all');
      await subject.pending.demand();
      assert.equal(await placeOf(subject), 'all');
    },

    'tells how far it is, and no more of a place than that': async (subject) => {
      const due = await demandAndRead(subject);
      const place = { ...PLACE, rawRecord: 'C-1,Ada' };
      const advanced = await subject.pending.advance(due, place);
      assert.deepEqual(advanced?.after, PLACE);
      assert.equal((await subject.pending.advance(advanced!, FURTHER))?.revision, (await readDue(subject)).revision);
      assert.deepEqual(await placeOf(subject), FURTHER);
    },

    'begins anew where it is demanded while somebody is at it': async (subject) => {
      const due = await demandAndRead(subject);
      const advanced = await subject.pending.advance(due, PLACE);
      await subject.pending.demand();
      assert.equal(await placeOf(subject), 'all');
      assert.equal(await subject.pending.advance(advanced!, FURTHER), undefined);
      assert.equal(await placeOf(subject), 'all');
    },

    'takes a demand for a new one although nothing was noted meanwhile': async (subject) => {
      const due = await demandAndRead(subject);
      await subject.pending.demand();
      assert.equal(await subject.pending.advance(due, PLACE), undefined);
      await subject.pending.complete(due);
      assert.equal(await placeOf(subject), 'all');
    },

    'notes what one of two notes who read the same': async (subject) => {
      const due = await demandAndRead(subject);
      assert.notEqual(await subject.pending.advance(due, FURTHER), undefined);
      assert.equal(await subject.pending.advance(due, PLACE), undefined);
      assert.deepEqual(await placeOf(subject), FURTHER);
    },

    'has nothing due once it is complete, and notes nothing then': async (subject) => {
      const due = await demandAndRead(subject);
      await subject.pending.complete(due);
      assert.equal(await placeOf(subject), 'nothing');
      assert.equal(await subject.pending.advance(due, PLACE), undefined);
      await subject.pending.complete(due);
      assert.equal(await placeOf(subject), 'nothing');
    },

    'stays due where somebody noted something since': async (subject) => {
      const due = await demandAndRead(subject);
      await subject.pending.advance(due, PLACE);
      await subject.pending.complete(due);
      assert.deepEqual(await placeOf(subject), PLACE);
    },

    'can be demanded again after it was complete': async (subject) => {
      const due = await demandAndRead(subject);
      await subject.pending.complete(due);
      await subject.pending.demand();
      assert.equal(await placeOf(subject), 'all');
      assert.equal(await subject.pending.advance(due, PLACE), undefined);
    },
  },
};
