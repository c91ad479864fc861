import assert from 'node:assert/strict';
import { buildContentHash } from '@weir/core/testing';
import type { Contract } from '../contract.ts';
import type { WarehouseSubject } from '../warehouse-subject.ts';
import { Deliveries, HOUR } from './undo-deliveries.ts';

const T1 = { transaction_id: 'T-1' };
const T2 = { transaction_id: 'T-2' };
const MANY = 300;

/** What is to be done about each fact. */
export const STEP_CLAUSES: Contract<WarehouseSubject>['clauses'] = {
  'has nothing to do for a run that brought no fact': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 2, [T1]);
    await runs.commit('run-2', 1, [T1]);
    for (const runId of ['run-2', 'run-3', "run-1' OR '1'='1", '']) assert.deepEqual(await runs.steps(runId), []);
  },

  'removes a fact that no other run delivered': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 1, [T1, T1, T2]);
    assert.deepEqual((await runs.told('run-1')).toSorted(), ['T-1 delete', 'T-2 delete']);
  },

  'brings back the row that was replaced, and tells where it lay': async (subject) => {
    const runs = new Deliveries(subject);
    const contentHash = buildContentHash('first');
    await runs.commit('run-1', 1, [{ ...T1, source_line: 17 }], { key: "d'ay/a\\1.csv", contentHash });
    await runs.commit('run-2', 2, [{ ...T1, quantity: 9 }]);
    assert.deepEqual(await runs.steps('run-2'), [
      {
        ...{ kind: 'restore', transactionId: 'T-1', line: 17 },
        source: { runId: 'run-1', key: "d'ay/a\\1.csv", contentHash },
      },
    ]);
  },

  'brings back the best row of all others, also one that lost to the run': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 2, [T1, T2]);
    await runs.commit('run-2', 5, [
      { ...T1, quantity: 9 },
      { ...T2, quantity: 9 },
    ]);
    await runs.commit('run-3', 3, [T1]);
    await runs.commit('run-4', 1, [T2]);
    assert.deepEqual((await runs.told('run-2')).toSorted(), ['T-1 run-3:2', 'T-2 run-1:3']);
  },

  'brings back a row that lost to the run although the run was the first': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 5, [T1]);
    await runs.commit('run-2', 3, [T1]);
    assert.deepEqual(await runs.told('run-1'), ['T-1 run-2:2']);
  },

  'brings back the winner of rows that met in one run': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 5, [{ ...T1, transaction_date: '2023-03-15' }]);
    await runs.commit('run-2', 3, [T1, { ...T1, status: 'Refunded' }, T1]);
    assert.deepEqual(await runs.told('run-1'), ['T-1 run-2:3']);
  },

  'orders rows as the policy does': async (subject) => {
    const runs = new Deliveries(subject, { terminalStatuses: ['Refunded'] });
    await runs.commit('run-1', 1, [{ ...T1, status: 'Refunded', transaction_date: '2023-03-01' }]);
    await runs.commit('run-2', 5, [{ ...T1, status: 'Refunded', transaction_date: '2023-03-12' }]);
    await runs.commit('run-3', 6, [{ ...T1, transaction_date: '2023-03-15' }]);
    assert.deepEqual(await runs.told('run-2'), ['T-1 run-1:2']);
  },

  'brings back no row of a run that is undone': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 1, [T1]);
    await runs.commit('run-2', 2, [{ ...T1, quantity: 4 }]);
    await runs.commit('run-3', 3, [{ ...T1, quantity: 3 }]);
    await runs.undo('run-2');
    assert.deepEqual(await runs.told('run-3'), ['T-1 run-1:2']);
  },

  'is in doubt where the row before the own one is not known': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 1, [T1, T2]);
    await runs.commit('run-2', 2, [T1, { ...T2, quantity: 4 }]);
    assert.deepEqual(await runs.told('run-2'), ['T-1 doubtful', 'T-2 run-1:3']);
  },

  'knows that row where all decisions are kept': async (subject) => {
    const runs = new Deliveries(subject, { decisions: 'all' });
    await runs.commit('run-1', 1, [T1]);
    await runs.commit('run-2', 2, [T1]);
    assert.deepEqual(await runs.told('run-2'), ['T-1 run-1:2']);
  },

  'is in doubt about what an undone run replaced without a decision': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 1, [T1]);
    await runs.commit('run-2', 2, [T1]);
    await runs.commit('run-3', 3, [{ ...T1, quantity: 3 }]);
    await runs.undo('run-2');
    assert.deepEqual(await runs.told('run-3'), ['T-1 doubtful']);
  },

  'is in no doubt because of a run that was undone before the fact came into being': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 1, [T1, T1]);
    await runs.undo('run-1', { undoneAt: HOUR + 2 });
    await runs.commit('run-2', 1, [T1, T1]);
    assert.deepEqual(await runs.told('run-2'), ['T-1 delete']);
  },

  'is in doubt where a run since then kept no decision about what it changed': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 5, [T1]);
    await runs.commit('run-2', 3, [T1], { policy: { decisions: 'none' } });
    assert.deepEqual(await runs.told('run-1'), ['T-1 doubtful']);
  },

  'is in no doubt because of a run without decisions before, or of one that changed nothing': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 2, [T1]);
    await runs.commit('run-2', 1, [T1], { policy: { decisions: 'none' } });
    await runs.commit('run-3', 5, [{ ...T1, quantity: 3 }]);
    await runs.commit('run-4', 3, [T2], { policy: { decisions: 'none' } });
    assert.deepEqual(await runs.told('run-3'), ['T-1 run-1:2']);
  },

  'is in doubt where another content of the file has the same version': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 1, [T1], { key: 'a.csv' });
    await runs.commit('run-2', 1, [T1], { key: 'a.csv', contentHash: buildContentHash('other') });
    assert.deepEqual(await runs.told('run-1'), ['T-1 doubtful']);
  },

  'tells steps without a row first, then those of each delivery together, by line': async (subject) => {
    const runs = new Deliveries(subject);
    const ids = Array.from({ length: MANY }, (_, i) => `T-${i}`);
    const rows = (from: number, to: number) => ids.slice(from, to).map((transaction_id) => ({ transaction_id }));
    await runs.commit('run-1', 1, rows(0, 100).toReversed());
    await runs.commit('run-2', 1, rows(100, 200));
    await runs.commit(
      'run-3',
      2,
      ids.map((transaction_id) => ({ transaction_id, quantity: 9 })),
    );
    let most = 0;
    for await (const page of subject.undo.steps('run-3', runs.policy)) most = Math.max(most, page.length);
    assert.ok(most > 0 && most <= 10_000, `a page of ${most}`);
    const steps = await runs.steps('run-3');
    const places = steps.map((step) => (step.kind === 'restore' ? `${step.source.runId}:${step.line}` : step.kind));
    const lines = (runId: string) => Array.from({ length: 100 }, (_, i) => `${runId}:${i + 2}`);
    assert.deepEqual(places, [...Array.from({ length: 100 }, () => 'delete'), ...lines('run-1'), ...lines('run-2')]);
  },
};
