import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { renewLease, takeLease } from '@weir/core/runs';
import { S3RunLedger } from '../src/s3/s3-run-ledger.ts';
import { file, type LedgerSubject, planOf, touch, useLedgerSubject } from './support/ledger-subject.ts';

const open = useLedgerSubject();
let subject: LedgerSubject;

beforeEach(async () => {
  subject = await open();
});

const conflict = (call: number) =>
  subject.s3.simulator.injectFault({
    service: 'S3',
    operation: 'PutObject',
    call,
    when: 'before',
    as: { code: 'ConditionalRequestConflict', status: 409, message: 'Somebody else writes.' },
  });

describe('keys', () => {
  test('are those that are documented', async () => {
    const entry = await subject.plan('run-1');
    await subject.plan('run-2');
    await subject.ledger.claim('run-1', [file('a.csv')]);
    await subject.ledger.close(entry);
    const claim = createHash('sha256').update('a.csv\0v:1').digest('hex');
    expect([...(await subject.s3.contents(subject.bucket)).keys()]).toEqual([
      `ledger/claims/${claim}.json`,
      'ledger/runs/closed/run-1.json',
      'ledger/runs/open/run-2.json',
    ]);
  });

  test('of runs with any characters do not leave their folder', async () => {
    for (const runId of ['../x', 'a/b', 'a b+c%20d', 'é']) {
      await subject.plan(runId);
      expect((await subject.ledger.read(runId))?.runId).toBe(runId);
    }
    for (const key of (await subject.s3.contents(subject.bucket)).keys())
      expect(key).toMatch(/^ledger\/runs\/open\/[^/]+\.json$/);
  });
});

describe('claims', () => {
  test('of one file version by many at once have one winner, and everybody knows it', async () => {
    const files = ['a.csv', 'b.csv', 'c.csv'].map(file);
    const runs = Array.from({ length: 8 }, (_, i) => `run-${i}`);
    const claims = await Promise.all(runs.map((runId) => subject.openLedger().claim(runId, files)));
    for (const [i] of files.entries()) {
      const winners = new Set(claims.map((of) => of[i]!.runId));
      expect(winners.size).toBe(1);
      expect(claims.map((of) => of[i]!.attempt)).toEqual(runs.map(() => 1));
    }
  });

  test('of a released file version by many at once have one winner, whose attempt is the second', async () => {
    await subject.ledger.claim('run-0', [file('a.csv')]);
    await subject.ledger.release('run-0', [file('a.csv')]);
    const runs = Array.from({ length: 8 }, (_, i) => `run-${i + 1}`);
    const claims = await Promise.all(runs.map((runId) => subject.openLedger().claim(runId, [file('a.csv')])));
    expect(new Set(claims.map(([claim]) => claim!.runId)).size).toBe(1);
    expect(claims.map(([claim]) => claim!.attempt)).toEqual(runs.map(() => 2));
  });

  test.each(['before', 'after'] as const)('whose connection is lost %s the write are won once', async (when) => {
    subject.fail('PutObject', when);
    expect(await subject.ledger.claim('run-1', [file('a.csv')])).toMatchObject([{ runId: 'run-1', attempt: 1 }]);
    expect(await subject.ledger.claim('run-2', [file('a.csv')])).toMatchObject([{ runId: 'run-1', attempt: 1 }]);
  });
});

describe('a conflict of two writes', () => {
  test('is tried again', async () => {
    conflict(1);
    conflict(2);
    expect((await subject.ledger.plan(planOf('run-1'))).kind).toBe('planned');
    const entry = (await subject.ledger.read('run-1'))!;
    conflict(1);
    expect(await subject.ledger.replace(entry, touch(entry, 5))).toMatchObject({ settledAt: 5 });
  });

  test('is told in the end, and may be tried again', async () => {
    const faults = [1, 2, 3, 4, 5, 6, 7, 8].map(conflict);
    await expect(subject.ledger.plan(planOf('run-1'))).rejects.toMatchObject({
      code: 'ledger.unreachable',
      retryable: true,
      message: `s3://${subject.bucket}/ledger/runs/open/run-1.json cannot be written: somebody else wrote to it again and again.`,
    });
    for (const fault of faults) fault.remove();
  });
});

describe('an entry', () => {
  test('is replaced by one of many who read it', async () => {
    const entry = await subject.plan('run-1');
    const writers = Array.from({ length: 8 }, (_, i) => subject.openLedger().replace(entry, touch(entry, i)));
    const replaced = (await Promise.all(writers)).filter((written) => written !== undefined);
    expect(replaced).toHaveLength(1);
    expect(await subject.ledger.read('run-1')).toEqual(replaced[0]);
  });

  test('has another revision after each write, also where nothing else changed', async () => {
    const first = await subject.plan('run-1');
    const second = (await subject.ledger.replace(first, first))!;
    const third = (await subject.ledger.replace(second, second))!;
    expect(new Set([first.revision, second.revision, third.revision]).size).toBe(3);
    expect(await subject.ledger.replace(first, first)).toBeUndefined();
  });

  test.each(['before', 'after'] as const)('whose connection is lost %s the write is written once', async (when) => {
    subject.fail('PutObject', when);
    const planned = await subject.ledger.plan(planOf('run-1'));
    expect(planned.kind).toBe('planned');
    subject.fail('PutObject', when);
    const replaced = await subject.ledger.replace(planned.entry, touch(planned.entry, 5));
    expect(replaced).toMatchObject({ settledAt: 5 });
    expect(await subject.ledger.read('run-1')).toEqual(replaced);
  });

  test('that others replaced while the answer to a write was lost is known to have had that write', async () => {
    const entry = await subject.plan('run-1');
    const client = subject.s3.openClient({});
    let puts = 0;
    client.middlewareStack.add(
      (next) => async (call) => {
        const answer = await next(call);
        if (++puts > 1) return answer;
        for (let i = 0; i < 3; i++) {
          const current = (await subject.ledger.read('run-1'))!;
          await subject.ledger.replace(current, { ...current, notifiedAt: i });
        }
        throw Object.assign(new Error('lost'), { name: 'TimeoutError' });
      },
      { step: 'finalizeRequest', priority: 'low', name: 'loses an answer' },
    );
    const replaced = (await subject.openLedger(client).replace(entry, touch(entry, 5)))!;
    expect(replaced.settledAt).toBe(5);
    expect(await subject.ledger.read('run-1')).toMatchObject({ settledAt: 5, notifiedAt: 2 });
    // What it has is not what is there now.
    expect(await subject.ledger.replace(replaced, touch(replaced, 6))).toBeUndefined();
  });

  test('is planned once by many at once', async () => {
    const plans = await Promise.all(Array.from({ length: 8 }, () => subject.openLedger().plan(planOf('run-1'))));
    expect(plans.map(({ kind }) => kind).toSorted()).toEqual([...Array(7).fill('known'), 'planned']);
    expect(new Set(plans.map(({ entry }) => entry.revision)).size).toBe(1);
  });

  test('lets nobody with the token of an earlier lease go on', async () => {
    const entry = await subject.plan('run-1');
    const first = (await subject.ledger.replace(entry, takeLease(entry, 'one', 0, 100)!))!;
    expect(takeLease(first, 'two', 99, 100)).toBeUndefined();
    const second = (await subject.ledger.replace(first, takeLease(first, 'two', 100, 100)!))!;
    expect(second.lease).toEqual({ owner: 'two', token: 2, until: 200 });
    // The first holder wakes up: what it read is stale, and what is there now is not its own.
    expect(await subject.ledger.replace(first, renewLease(first, 1, 150, 100)!)).toBeUndefined();
    expect(renewLease((await subject.ledger.read('run-1'))!, 1, 150, 100)).toBeUndefined();
  });
});

describe('open runs', () => {
  test('are all listed in the order of their ids, past a thousand', async () => {
    const ids = ['run', 'run-', 'run.1', 'run!', ...Array.from({ length: 1050 }, (_, i) => `run-${i}`)];
    for (let i = 0; i < ids.length; i += 50) await Promise.all(ids.slice(i, i + 50).map(subject.plan));
    const found: string[] = [];
    for await (const page of subject.ledger.openRuns()) found.push(...page.map(({ runId }) => runId));
    expect(found).toEqual(ids.toSorted());
  }, 120_000);
});

describe('a fault', () => {
  test('says that there is no such bucket', async () => {
    const lost = new S3RunLedger({ client: subject.s3.client, bucket: 'nowhere' });
    for (const call of [
      () => lost.read('run-1'),
      () => lost.plan(planOf('run-1')),
      () => lost.claims([file('a.csv')]),
    ]) {
      await expect(call()).rejects.toMatchObject({
        code: 'ledger.unreachable',
        message: expect.stringMatching(/^s3:\/\/nowhere\/.*: there is no bucket nowhere\.$/),
        retryable: false,
      });
    }
  });

  test('says which permission is missing', async () => {
    const as = { code: 'AccessDenied', status: 403, message: 'Access Denied' };
    subject.s3.simulator.injectFault({ service: 'S3', operation: 'PutObject', call: 1, when: 'before', as });
    await expect(subject.ledger.plan(planOf('run-1'))).rejects.toMatchObject({
      code: 'ledger.unreachable',
      message: `s3://${subject.bucket}/ledger/runs/open/run-1.json cannot be written: permission is denied.`,
      remedy: expect.stringContaining('s3:PutObject'),
      retryable: false,
    });
  });

  test('says where a document is none of a ledger', async () => {
    for (const content of ['', '{', '[]', 'null', '{"format":2,"value":{}}']) {
      await subject.s3.put(subject.bucket, 'ledger/runs/open/run-1.json', content);
      await expect(subject.ledger.read('run-1')).rejects.toMatchObject({
        code: 'ledger.unreadable',
        message: `s3://${subject.bucket}/ledger/runs/open/run-1.json is no document of a ledger in a form that this version knows.`,
        retryable: false,
      });
    }
  });

  test('of a document among the open runs does not hide the others', async () => {
    await subject.plan('run-1');
    await subject.s3.put(subject.bucket, 'ledger/runs/open/README.txt', 'hello');
    const found: string[] = [];
    for await (const page of subject.ledger.openRuns()) found.push(...page.map(({ runId }) => runId));
    expect(found).toEqual(['run-1']);
  });
});
