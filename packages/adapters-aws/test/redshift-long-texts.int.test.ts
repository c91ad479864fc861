import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { buildDelivery, commitDeliveries } from '@weir/core/testing';
import { openRedshift, type RedshiftSubject } from './support/redshift-subject.ts';

const LONG = "é'\\".repeat(25_000);

let subject: RedshiftSubject;

beforeEach(async () => {
  subject = await openRedshift();
}, 60_000);
afterEach(() => subject.close());

// The Data API gives no row back that has more than 64 KB.
test('a run with many warnings and long refusals is committed, and can be read again', async () => {
  const warnings = Array.from({ length: 3000 }, (_, i) => `File ${i} has columns that are ignored: notes.`);
  const refusal = { code: 'file-not-text', message: LONG } as const;
  const key = `${'k'.repeat(4000)}.csv`;
  await commitDeliveries(subject.warehouse, 'run-1', [buildDelivery({ key, status: 'refused', refusal })], {
    warnings,
  });
  const run = (await subject.history.run('run-1'))!;
  expect(run.warnings.length).toBeGreaterThan(500);
  expect(run.files[0]).toMatchObject({ key, status: 'refused' });
  expect(run.files[0]!.refusal!.message.length).toBeGreaterThan(10_000);
  expect((await subject.history.runs({ limit: 10 }))[0]!.warnings).toEqual(run.warnings);
});

test('a failed run with a long error is recorded, and can be read again', async () => {
  await subject.warehouse.recordFailedRun({ runId: 'run-1', startedAt: 0, failedAt: 1, policyHash: 'p', error: LONG });
  const { error } = (await subject.history.run('run-1'))!;
  expect(LONG.startsWith(error!)).toBe(true);
  expect(error!.length).toBeGreaterThan(10_000);
});
