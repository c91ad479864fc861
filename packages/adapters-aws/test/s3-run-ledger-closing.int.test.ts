import { beforeEach, describe, expect, test } from '@jest/globals';
import type { RunEntry } from '@weir/core';
import { type LedgerSubject, planOf, touch, useLedgerSubject } from './support/ledger-subject.ts';

const open = useLedgerSubject();
let subject: LedgerSubject;

beforeEach(async () => {
  subject = await open();
});

describe('closing', () => {
  test('many at once close it once', async () => {
    const entry = await subject.plan('run-1');
    const closed = await Promise.all(Array.from({ length: 6 }, () => subject.openLedger().close(entry)));
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
        const entry = await subject.plan(runId);
        const fault = subject.fail(op, when, call);
        const dying = subject.openLedger(subject.s3.openClient({ maxAttempts: 1 }));
        await expect(dying.close(entry)).rejects.toMatchObject({ code: 'ledger.unreachable', retryable: true });
        expect(fault.hasFired).toBe(true);
        const isClosed = !(op === 'PutObject' && call === 1 && when === 'before');
        expect((await subject.ledger.replace(entry, touch(entry, 5))) === undefined).toBe(isClosed);
        const open: RunEntry[] = [];
        for await (const page of subject.ledger.openRuns()) open.push(...page);
        expect(open.map((run) => run.runId).includes(runId)).toBe(!isClosed);
        expect((await subject.ledger.plan(planOf(runId))).kind).toBe('known');
        const keys = [...(await subject.s3.contents(subject.bucket)).keys()].filter((key) => key.includes(runId));
        expect(keys).toEqual([`ledger/runs/${isClosed ? 'closed' : 'open'}/${runId}.json`]);
      }
    },
  );

  test('between a look and a plan is not undone', async () => {
    const entry = await subject.plan('run-1');
    const client = subject.s3.openClient({});
    let reads = 0;
    client.middlewareStack.add(
      (next, context) => async (call) => {
        // The planner has seen neither an open nor a closed entry.
        if (context.commandName === 'GetObjectCommand' && ++reads <= 2) {
          throw Object.assign(new Error('none'), { name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
        }
        if (context.commandName === 'PutObjectCommand') await subject.ledger.close(entry);
        return next(call);
      },
      { step: 'initialize', name: 'sees nothing' },
    );
    const late = await subject.openLedger(client).plan(planOf('run-1'));
    expect(late.kind).toBe('known');
    expect([...(await subject.s3.contents(subject.bucket)).keys()]).toEqual(['ledger/runs/closed/run-1.json']);
  });
});
