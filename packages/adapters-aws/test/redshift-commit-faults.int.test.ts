import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { buildDelivery, commitDeliveries } from '@weir/core/testing';
import { openRedshift, type RedshiftSubject } from './support/redshift-subject.ts';

const DELIVERY = buildDelivery({
  rows: [{ transaction_id: 'T-1' }, { transaction_id: 'T-2' }, { transaction_id: 'T-2' }],
  rejects: [{}],
});
const COMMIT = /INSERT INTO ingest_run\b/;

let subject: RedshiftSubject;

beforeEach(async () => {
  subject = await openRedshift();
}, 60_000);
afterEach(() => subject.close());

describe('a commit', () => {
  test('that was done and then reported as failed is a success', async () => {
    const fault = subject.simulator.redshift.faults.inject({ kind: 'fails-after-commit', statement: COMMIT });
    const { files } = await commitDeliveries(subject.warehouse, 'run-1', [DELIVERY]);
    expect(fault.fired).toBe(1);
    expect(files[0]).toMatchObject({ status: 'loaded', books: { inserted: 2, duplicate: 1, rejected: 1 } });
    expect(await countRows()).toEqual({ facts: 2, runs: 1, files: 1, rejects: 1 });
  });

  test('that lost against another transaction is tried again with another token', async () => {
    const fault = subject.simulator.redshift.faults.inject({
      kind: 'serialization-failure',
      statement: COMMIT,
      times: 3,
    });
    const { files } = await commitDeliveries(subject.warehouse, 'run-1', [DELIVERY]);
    expect(fault.fired).toBe(3);
    expect(files[0]!.books.inserted).toBe(2);
    expect(await countRows()).toEqual({ facts: 2, runs: 1, files: 1, rejects: 1 });
  });

  test('that loses every time is a conflict that may be tried again, and has left nothing', async () => {
    subject.simulator.redshift.faults.inject({ kind: 'serialization-failure', statement: COMMIT, times: 1000 });
    await expect(commitDeliveries(subject.warehouse, 'run-1', [DELIVERY])).rejects.toMatchObject({
      code: 'warehouse.conflict',
      retryable: true,
    });
    subject.simulator.redshift.faults.clear();
    expect(await countRows()).toEqual({ facts: 0, runs: 0, files: 0, rejects: 0 });
    await commitDeliveries(subject.warehouse, 'run-1', [DELIVERY]);
    expect(await countRows()).toEqual({ facts: 2, runs: 1, files: 1, rejects: 1 });
  });

  test.each(['is-cancelled', 'slow-down', 'wakes-slowly'] as const)(
    'goes on where the first statement of a workgroup %s',
    async (kind) => {
      const fault = subject.simulator.redshift.faults.inject({ kind, statement: COMMIT, seconds: 0.05 });
      await commitDeliveries(subject.warehouse, 'run-1', [DELIVERY]);
      expect(fault.fired).toBe(1);
      expect(await countRows()).toEqual({ facts: 2, runs: 1, files: 1, rejects: 1 });
    },
  );

  test('is not taken for one of another run that has its id, whatever goes wrong first', async () => {
    await commitDeliveries(subject.warehouse, 'run-1', [DELIVERY]);
    const fault = subject.simulator.redshift.faults.inject({ kind: 'is-cancelled', statement: COMMIT });
    const other = buildDelivery({ key: 'other.csv', rows: [{ transaction_id: 'T-9' }] });
    const commit = commitDeliveries(subject.warehouse, 'run-1', [other], { committedAt: Date.UTC(2023, 2, 17) });
    await expect(commit).rejects.toMatchObject({ code: 'warehouse.run-exists', retryable: false });
    expect(fault.fired).toBe(1);
    expect(await countRows()).toEqual({ facts: 2, runs: 1, files: 1, rejects: 1 });
  });

  test('waits for a workgroup that wakes up after some calls', async () => {
    const fault = subject.simulator.redshift.faults.inject({ kind: 'does-not-wake', times: 4 });
    await commitDeliveries(subject.warehouse, 'run-1', [DELIVERY]);
    expect(fault.fired).toBe(4);
    expect(await countRows()).toEqual({ facts: 2, runs: 1, files: 1, rejects: 1 });
  });

  test('of a workgroup that never wakes up is an error that may be tried again, and is true', async () => {
    const stage = await subject.warehouse.openStage('run-0');
    await stage.close();
    subject.simulator.redshift.faults.inject({ kind: 'does-not-wake', times: 1000 });
    const failed = await commitDeliveries(subject.warehouse, 'run-1', [DELIVERY]).catch((error) => error);
    expect(failed).toMatchObject({ retryable: true });
    expect(['warehouse.unreachable', 'warehouse.commit-unknown']).toContain(failed.code);
    subject.simulator.redshift.faults.clear();
    expect(await countRows()).toEqual({ facts: 0, runs: 0, files: 0, rejects: 0 });
  });

  test('whose outcome was committed but cannot be read is unknown, and the same files again are recognised', async () => {
    const { faults } = subject.simulator.redshift;
    faults.inject({ kind: 'loses-results', statement: /FROM ingest_file f\s+WHERE run_id/, times: 1000 });
    await expect(commitDeliveries(subject.warehouse, 'run-1', [DELIVERY])).rejects.toMatchObject({
      code: 'warehouse.commit-unknown',
      retryable: true,
    });
    faults.clear();
    const { files } = await commitDeliveries(subject.warehouse, 'run-2', [DELIVERY]);
    expect(files[0]!.status).toBe('already-loaded');
    expect(await countRows()).toEqual({ facts: 2, runs: 2, files: 1, rejects: 1 });
  });
});

describe('a fault that does not pass is told at once', () => {
  test('where the tables are missing', async () => {
    await subject.query('DROP TABLE weir_schema');
    await expect(commitDeliveries(subject.warehouse, 'run-1', [DELIVERY])).rejects.toMatchObject({
      code: 'warehouse.not-initialised',
    });
  });

  test('where one table is missing', async () => {
    await subject.query('DROP TABLE fact_transactions');
    const before = subject.simulator.countOf('RedshiftData.BatchExecuteStatement');
    await expect(commitDeliveries(subject.warehouse, 'run-1', [DELIVERY])).rejects.toMatchObject({
      code: 'warehouse.not-initialised',
    });
    // The commit, and the question whether it was done.
    expect(subject.simulator.countOf('RedshiftData.BatchExecuteStatement') - before).toBe(2);
  });

  test('where the statement is no SQL of Redshift', async () => {
    const before = subject.simulator.countOf('RedshiftData.ExecuteStatement');
    const asked = subject.session.query({ name: 'nonsense', text: 'SELEC 1', parameters: [] }, 'asking nonsense');
    await expect(asked).rejects.toMatchObject({ code: 'warehouse.failed', context: { statement: 'nonsense' } });
    expect(subject.simulator.countOf('RedshiftData.ExecuteStatement') - before).toBe(1);
  });

  test('where the caller has no right', async () => {
    subject.simulator.injectFault({
      service: 'RedshiftData',
      operation: 'ExecuteStatement',
      call: 1,
      when: 'before',
      as: { code: 'AccessDeniedException', status: 400, message: 'not authorized to perform' },
    });
    await expect(subject.warehouse.openStage('run-1')).rejects.toMatchObject({
      code: 'warehouse.permission-denied',
      retryable: false,
    });
  });

  test('where there are more statements, or bytes of one, than the Data API takes, and nothing is sent', async () => {
    const statement = { name: 'one', text: 'SELECT 1', parameters: [] };
    const before = subject.simulator.countOf('RedshiftData.BatchExecuteStatement');
    const tooLarge = { code: 'warehouse.statement-too-large' };
    await expect(subject.session.transact(Array(41).fill(statement), 'testing')).rejects.toMatchObject(tooLarge);
    const long = { ...statement, text: `SELECT '${'x'.repeat(100_000)}'` };
    await expect(subject.session.transact([long], 'testing')).rejects.toMatchObject(tooLarge);
    expect(subject.simulator.countOf('RedshiftData.BatchExecuteStatement')).toBe(before);
  });
});

test('a failed run is recorded once, also where its statement was done and reported as failed', async () => {
  subject.simulator.redshift.faults.inject({ kind: 'fails-after-commit', statement: COMMIT });
  const failed = { runId: 'run-1', startedAt: 0, failedAt: 1, policyHash: 'sha256:p', error: 'It broke.' };
  await subject.warehouse.recordFailedRun(failed).catch((error) => expect(error.code).toMatch(/^warehouse\./));
  await subject.warehouse.recordFailedRun(failed);
  expect(await subject.query('SELECT run_id, status, error FROM ingest_run')).toEqual([
    { run_id: 'run-1', status: 'failed', error: 'It broke.' },
  ]);
});

async function countRows(): Promise<unknown> {
  const [counts] = await subject.query(`SELECT (SELECT COUNT(*)::int FROM fact_transactions) AS facts,
    (SELECT COUNT(*)::int FROM ingest_run) AS runs, (SELECT COUNT(*)::int FROM ingest_file) AS files,
    (SELECT COUNT(*)::int FROM ingest_reject) AS rejects`);
  return counts;
}
