import type { S3Client } from '@aws-sdk/client-s3';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type LandedFile, parsePolicy, type RunEntry, type RunFields, type RunPlan } from '@weir/core';
import { S3RunLedger } from '../src/s3/s3-run-ledger.ts';
import { type SimulatedS3, useSimulatedS3 } from './support/simulated-s3.ts';

const openS3 = useSimulatedS3();
let s3: SimulatedS3;
let bucket: string;
let ledger: S3RunLedger;

beforeAll(async () => {
  s3 = await openS3();
});
beforeEach(async () => {
  bucket = await s3.makeBucket({ keepsVersions: false });
  ledger = openLedger();
});

const openLedger = (client: S3Client = s3.client) => new S3RunLedger({ client, bucket, prefix: 'ledger/' });
const file = (key: string): LandedFile => ({ key, size: 1, modifiedAt: 0, version: 'v:1' });
const planOf = (runId: string, files = [file('a.csv')]): RunPlan => ({
  runId,
  plannedAt: 1,
  policy: parsePolicy({}),
  files,
});
const plan = async (runId: string) => (await ledger.plan(planOf(runId))).entry;

/** Something else in the entry, which nobody asks about here. */
const touch = (entry: RunEntry, settledAt: number): RunFields => ({ ...entry, settledAt });
const fail = (operation: string, when: 'before' | 'after', call = 1) =>
  s3.simulator.injectFault({ service: 'S3', operation, call, when, as: 'reset' });
describe('closing', () => {
  test('many at once close it once', async () => {
    const entry = await plan('run-1');
    const closed = await Promise.all(Array.from({ length: 6 }, () => openLedger().close(entry)));
    expect(closed.filter((answer) => answer !== undefined)).toHaveLength(1);
  });

  test.each([
    ['PutObject', 1],
    ['PutObject', 2],
    ['DeleteObject', 1],
  ] as const)(
    'that dies at %s, time %i, leaves an entry that is open or closed, and a sweep tidies up',
    async (op, call) => {
      for (const when of ['before', 'after'] as const) {
        const runId = `${when}-${op}-${call}`;
        const entry = await plan(runId);
        const fault = fail(op, when, call);
        const dying = openLedger(s3.openClient({ maxAttempts: 1 }));
        await expect(dying.close(entry)).rejects.toMatchObject({ code: 'ledger.unreachable', retryable: true });
        expect(fault.hasFired).toBe(true);
        const isClosed = !(op === 'PutObject' && call === 1 && when === 'before');
        expect((await ledger.replace(entry, touch(entry, 5))) === undefined).toBe(isClosed);
        const open: RunEntry[] = [];
        for await (const page of ledger.openRuns()) open.push(...page);
        expect(open.map((run) => run.runId).includes(runId)).toBe(!isClosed);
        expect((await ledger.plan(planOf(runId))).kind).toBe('known');
        const keys = [...(await s3.contents(bucket)).keys()].filter((key) => key.includes(runId));
        expect(keys).toEqual([`ledger/runs/${isClosed ? 'closed' : 'open'}/${runId}.json`]);
      }
    },
  );

  test('between a look and a plan is not undone', async () => {
    const entry = await plan('run-1');
    const client = s3.openClient({});
    let reads = 0;
    client.middlewareStack.add(
      (next, context) => async (call) => {
        // The planner has seen neither an open nor a closed entry.
        if (context.commandName === 'GetObjectCommand' && ++reads <= 2) {
          throw Object.assign(new Error('none'), { name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
        }
        if (context.commandName === 'PutObjectCommand') await ledger.close(entry);
        return next(call);
      },
      { step: 'initialize', name: 'sees nothing' },
    );
    const late = await openLedger(client).plan(planOf('run-1'));
    expect(late.kind).toBe('known');
    expect([...(await s3.contents(bucket)).keys()]).toEqual(['ledger/runs/closed/run-1.json']);
  });
});
