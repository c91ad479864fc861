import assert from 'node:assert/strict';
import {
  buildContentHash,
  buildDelivery,
  buildFaults,
  buildStagedRow,
  commitDeliveries,
  encodeStagedRow,
} from '@weir/core/testing';
import { assertPortError } from '../assert-port-error.ts';
import type { Contract } from '../contract.ts';
import { readFacts, type WarehouseSubject } from '../warehouse-subject.ts';
import { Deliveries, HOUR, UNDONE_AT } from './undo-deliveries.ts';

const T1 = { transaction_id: 'T-1' };
const T2 = { transaction_id: 'T-2' };

/** The transaction of an undo. */
export const COMMIT_CLAUSES: Contract<WarehouseSubject>['clauses'] = {
  'leaves the facts that would be there without the run': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 1, [{ ...T1, price: '3.1', source_line: 9 }, T2], { key: "it's \\ 1.csv" });
    const before = await readFacts(subject);
    const rows = ['T-1', 'T-3'].map((transaction_id) => ({ transaction_id, quantity: 5, status: 'Refunded' }));
    await runs.commit('run-2', 3, rows);
    await runs.undo('run-2');
    assert.deepEqual(await readFacts(subject), before);
  },

  'leaves alone what another run replaced since': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 1, [T1]);
    await runs.commit('run-2', 2, [{ ...T1, quantity: 4 }]);
    const before = await readFacts(subject);
    await runs.undo('run-1');
    assert.deepEqual(await readFacts(subject), before);
    await runs.undo('run-2');
    assert.deepEqual(await readFacts(subject), []);
  },

  'leaves a fact as it is whose row was not staged, and one in doubt': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 1, [T1, T2]);
    await runs.commit('run-2', 2, [{ ...T1, quantity: 4 }, T2, { transaction_id: 'T-3' }]);
    const before = await readFacts(subject);
    const steps = await runs.steps('run-2');
    await runs.undo(
      'run-2',
      {},
      steps.filter(({ kind }) => kind === 'delete'),
    );
    assert.deepEqual(await readFacts(subject), before.slice(0, 2));
  },

  'tells the run and its files as undone, and when': async (subject) => {
    const runs = new Deliveries(subject);
    const rows = [{ ...T1 }];
    await runs.commit('run-1', 1, rows, { rejects: [{}] });
    const {
      files: [file],
      ...before
    } = (await subject.history.run('run-1'))!;
    await runs.undo('run-1');
    const undone = { status: 'undone', undoneAt: UNDONE_AT } as const;
    const {
      files: [after],
      ...run
    } = (await subject.history.run('run-1'))!;
    assert.deepEqual(run, { ...before, ...undone });
    assert.deepEqual(after, { ...file!, status: 'undone' });
    const [summary] = await subject.history.runs({ limit: 1 });
    assert.deepEqual([summary!.status, summary!.undoneAt], [undone.status, undone.undoneAt]);
  },

  'keeps a refused file of the run as it is': async (subject) => {
    const runs = new Deliveries(subject);
    const refusal = { code: 'file-not-text', message: 'It holds NUL.' } as const;
    await runs.commit('run-1', 1, [], { status: 'refused', refusal });
    await runs.undo('run-1');
    assert.deepEqual(
      (await subject.history.run('run-1'))!.files.map(({ status }) => status),
      ['refused'],
    );
  },

  'lets what was delivered be loaded again': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 1, [T1], { rejects: [{}] });
    const [before] = await readFacts(subject);
    await runs.undo('run-1');
    assert.equal((await subject.warehouse.committedHashes(['run-1.csv'])).size, 0);
    assert.equal(await runs.again('run-1', 'run-2'), 'loaded');
    assert.deepEqual(await readFacts(subject), [{ ...before!, run_id: 'run-2' }]);
    assert.deepEqual(
      (await subject.rejects()).map(({ run_id, state }) => [run_id, state]),
      [['run-2', 'open']],
    );
  },

  'removes the rejects of the run, and no others': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 1, [], { rejects: [{}] });
    await runs.commit('run-2', 2, [], { rejects: [{}, {}] });
    await runs.undo('run-2');
    assert.deepEqual(
      (await subject.rejects()).map(({ run_id }) => run_id),
      ['run-1'],
    );
  },

  'opens the rejects again that the run resolved': async (subject) => {
    const runs = new Deliveries(subject);
    const faults = buildFaults('product-unknown');
    const contentHash = buildContentHash('a');
    const rejects = [3, 4].map((source_line) => ({ source_line, faults }));
    await runs.commit('run-1', 1, [], { contentHash, rejects });
    const replay = (runId: string, source_line: number, time: number) => {
      const rows = [{ transaction_id: `T-${source_line}`, source_line }];
      const delivery = buildDelivery({ key: 'run-1.csv', contentHash, status: 'replayed', rows });
      return commitDeliveries(subject.warehouse, runId, [delivery], { startedAt: time, committedAt: time });
    };
    await replay('replay-1', 3, 20 * HOUR);
    await replay('replay-2', 4, 21 * HOUR);
    await runs.undo('replay-2');
    assert.deepEqual((await subject.rejects()).map(({ source_line, state }) => `${source_line} ${state}`).toSorted(), [
      '3 resolved',
      '4 open',
    ]);
    assert.deepEqual(
      (await readFacts(subject)).map(({ transaction_id }) => transaction_id),
      ['T-3'],
    );
  },

  'refuses a run that is unknown, failed or undone': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 1, [T1]);
    await runs.undo('run-1');
    await subject.warehouse.recordFailedRun({
      ...{ runId: 'failed', startedAt: 1, failedAt: 2, policyHash: buildContentHash('p'), error: 'It broke.' },
    });
    for (const runId of ['run-1', 'failed', 'unknown']) {
      await assertPortError(() => runs.undo(runId, { undoneAt: 1 }), 'warehouse.not-undoable');
    }
    assert.equal((await subject.history.run('run-1'))!.undoneAt, UNDONE_AT);
    assert.equal((await subject.history.run('failed'))!.status, 'failed');
  },

  'changes nothing where a better row was committed since the steps were read': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 1, [T1]);
    await runs.commit('run-2', 5, [{ ...T1, quantity: 4 }]);
    const steps = await runs.steps('run-2');
    await runs.commit('run-3', 3, [T1]);
    const before = await readFacts(subject);
    await assertPortError(() => runs.undo('run-2', {}, steps), 'warehouse.undo-outdated');
    assert.deepEqual(await readFacts(subject), before);
    assert.notEqual((await subject.history.run('run-2'))!.status, 'undone');
    await runs.undo('run-2');
    assert.equal((await readFacts(subject))[0]!.run_id, 'run-3');
  },

  'changes nothing where other facts are to be removed by now': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 5, [T1, T2]);
    const steps = await runs.steps('run-1');
    await runs.commit('run-2', 3, [T1]);
    await assertPortError(() => runs.undo('run-1', {}, steps), 'warehouse.undo-outdated');
    assert.equal((await readFacts(subject)).length, 2);
  },

  'changes nothing where its books do not close': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 1, [T1]);
    await runs.commit('run-2', 2, [{ ...T1, quantity: 4 }, T2]);
    const before = await readFacts(subject);
    await assertPortError(() => runs.undo('run-2', { restored: 2 }), 'warehouse.books-open');
    assert.deepEqual(await readFacts(subject), before);
  },

  'counts staged rows of no source for nothing': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 1, [T1]);
    await runs.commit('run-2', 2, [{ ...T1, quantity: 4 }]);
    await runs.undo('run-2', { sources: [], restored: 0 });
    assert.equal((await readFacts(subject))[0]!.run_id, 'run-2');
  },

  'changes nothing without a commit': async (subject) => {
    const runs = new Deliveries(subject);
    await runs.commit('run-1', 1, [T1]);
    const before = await readFacts(subject);
    const stage = await subject.undo.openUndo('run-1');
    await stage.writeRows(encodeStagedRow(buildStagedRow(T2)));
    await stage.close();
    await stage.close();
    assert.deepEqual(await readFacts(subject), before);
    assert.equal((await subject.history.run('run-1'))!.undoneAt, undefined);
  },
};
