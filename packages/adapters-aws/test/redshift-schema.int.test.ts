import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SCHEMA_VERSION } from '@weir/warehouse-sql';
import { openEmptyRedshift, type RedshiftSubject } from './support/redshift-subject.ts';

const VERSIONS = Array.from({ length: SCHEMA_VERSION }, (_, i) => i + 1);

let subject: RedshiftSubject;

beforeEach(async () => {
  subject = await openEmptyRedshift();
}, 60_000);
afterEach(() => subject.close());

describe('an upgrade', () => {
  test('creates the tables, and does nothing the next time', async () => {
    await expect(subject.schema.check()).rejects.toMatchObject({ code: 'warehouse.not-initialised' });
    expect(await subject.schema.upgrade()).toEqual({ from: 0, to: SCHEMA_VERSION });
    await subject.schema.check();
    expect(await subject.schema.upgrade()).toEqual({ from: SCHEMA_VERSION, to: SCHEMA_VERSION });
    expect(await versions()).toEqual(VERSIONS);
  });

  test('of several at once is done by one, and none of them fails', async () => {
    await Promise.all([1, 2, 3].map(() => subject.schema.upgrade()));
    await subject.schema.check();
    expect(await versions()).toEqual(VERSIONS);
  });

  test('that was done and then reported as failed is a success', async () => {
    const { faults } = subject.simulator.redshift;
    const fault = faults.inject({ kind: 'fails-after-commit', statement: /CREATE TABLE fact_transactions/ });
    await subject.schema.upgrade();
    expect(fault.fired).toBe(1);
    expect(await versions()).toEqual(VERSIONS);
  });

  test('that failed has left nothing and can be repeated', async () => {
    await subject.query('CREATE TABLE ingest_decision (a INTEGER)');
    await expect(subject.schema.upgrade()).rejects.toMatchObject({ code: 'warehouse.failed' });
    expect(await subject.query("SELECT 1 FROM pg_tables WHERE tablename = 'fact_transactions'")).toEqual([]);
    await subject.query('DROP TABLE ingest_decision');
    expect(await subject.schema.upgrade()).toEqual({ from: 0, to: SCHEMA_VERSION });
  });

  test('refuses tables of a newer release, and so does every use of them', async () => {
    await subject.schema.upgrade();
    await subject.query('INSERT INTO weir_schema (version, applied_at) VALUES (99, now()::timestamp)');
    const tooNew = { code: 'warehouse.schema-too-new' };
    await expect(subject.schema.upgrade()).rejects.toMatchObject(tooNew);
    await expect(subject.schema.check()).rejects.toMatchObject(tooNew);
    await expect(subject.warehouse.openStage('run-1')).rejects.toMatchObject(tooNew);
  });
});

async function versions(): Promise<readonly unknown[]> {
  return (await subject.query('SELECT version FROM weir_schema ORDER BY version')).map(({ version }) => version);
}
