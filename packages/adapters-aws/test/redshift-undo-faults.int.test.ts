import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parsePolicy } from '@weir/core';
import { buildDelivery, commitDeliveries } from '@weir/core/testing';
import { openRedshift, type RedshiftSubject } from './support/redshift-subject.ts';

const UNDO = /UPDATE ingest_run\b/;

let subject: RedshiftSubject;

beforeEach(async () => {
  subject = await openRedshift();
  await commitDeliveries(subject.warehouse, 'run-1', [buildDelivery({ rows: [{}] })]);
}, 60_000);
afterEach(() => subject.close());

async function undo(): Promise<void> {
  const stage = await subject.undo.openUndo('run-1');
  await stage.commit({ runId: 'run-1', undoneAt: 7, policy: parsePolicy(), sources: [], deleted: 1, restored: 0 });
  await stage.close();
}

const statusOf = async () => (await subject.history.run('run-1'))!.status;

describe('an undo', () => {
  test('that was done and then reported as failed is a success', async () => {
    const fault = subject.simulator.redshift.faults.inject({ kind: 'fails-after-commit', statement: UNDO });
    await undo();
    expect(fault.fired).toBe(1);
    expect(await statusOf()).toBe('undone');
  });

  test('that lost against another transaction is tried again', async () => {
    const fault = subject.simulator.redshift.faults.inject({
      ...{ kind: 'serialization-failure', statement: UNDO, times: 2 },
    });
    await undo();
    expect(fault.fired).toBe(2);
    expect(await statusOf()).toBe('undone');
  });

  test('that loses every time is a conflict, and has left nothing', async () => {
    subject.simulator.redshift.faults.inject({ kind: 'serialization-failure', statement: UNDO, times: 1000 });
    await expect(undo()).rejects.toMatchObject({ code: 'warehouse.conflict', retryable: true });
    subject.simulator.redshift.faults.clear();
    expect(await statusOf()).toBe('succeeded');
  });
});
