import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../../src/policy/parse-policy.ts';
import { EMPTY_BOOKS } from '../../../src/ports/books.ts';
import type { IngestReport } from '../../../src/ports/ingest-report.ts';
import type { RunEntry, RunFields, RunState } from '../../../src/ports/run-ledger.port.ts';
import { dropLease, isHeld, renewLease, takeLease } from '../../../src/use-cases/runs/run-lease.ts';
import {
  beginWork,
  isClosed,
  markCommitted,
  markFailed,
  markNotified,
  markSettled,
  markStarted,
  markVoid,
} from '../../../src/use-cases/runs/run-states.ts';

const NOW = 1_000_000;
const REPORT: IngestReport = {
  runId: 'run-1',
  status: 'succeeded',
  files: [],
  totals: EMPTY_BOOKS,
  archived: 0,
  quarantined: 0,
  notMoved: [],
  warnings: [],
};
const PROBLEM = { code: 'job.failed', message: 'It failed.', remedy: undefined };

const STARTED: RunState = { kind: 'started', jobRunId: 'job-1', startedAt: 5 };
const COMMITTED: RunState = { kind: 'committed', jobRunId: 'job-1', report: REPORT };
const FAILED: RunState = { kind: 'failed', jobRunId: 'job-1', problem: PROBLEM };

function entry(changes: Partial<RunFields> = {}): RunEntry {
  return {
    runId: 'run-1',
    plannedAt: 0,
    policy: parsePolicy({}),
    files: [{ key: 'a.csv', size: 1, modifiedAt: 0, version: '1' }],
    state: { kind: 'planned' },
    lease: undefined,
    notifiedAt: undefined,
    settledAt: undefined,
    revision: '1',
    ...changes,
  };
}

/** The entry after a step. */
function after(before: RunEntry, fields: RunFields | undefined): RunEntry {
  if (fields === undefined) throw new Error('The step was not made.');
  return { ...before, ...fields };
}

describe('a lease', () => {
  test('is held until its time, and not at it', () => {
    const lease = { owner: 'a', token: 1, until: NOW };
    expect([isHeld(undefined, 0), isHeld(lease, NOW - 1), isHeld(lease, NOW)]).toEqual([false, true, false]);
  });

  test('is given to nobody while it is held, not even to its owner', () => {
    const held = after(entry(), takeLease(entry(), 'a', NOW, 100));
    expect(held.lease).toEqual({ owner: 'a', token: 1, until: NOW + 100 });
    expect(takeLease(held, 'b', NOW + 99, 100)).toBeUndefined();
    expect(takeLease(held, 'a', NOW + 99, 100)).toBeUndefined();
  });

  test('has a token of one more with each holder, after it was dropped as well', () => {
    const first = after(entry(), takeLease(entry(), 'a', NOW, 100));
    const second = after(first, takeLease(first, 'b', NOW + 100, 100));
    const dropped = after(second, dropLease(second, 2));
    const third = after(dropped, takeLease(dropped, 'c', NOW + 101, 100));
    expect([first, second, third].map(({ lease }) => lease?.token)).toEqual([1, 2, 3]);
  });

  test('is renewed by its last holder even after it ran out, and never made shorter', () => {
    const held = after(entry(), takeLease(entry(), 'a', NOW, 100));
    expect(renewLease(held, 1, NOW + 500, 100)?.lease?.until).toBe(NOW + 600);
    expect(renewLease(held, 1, NOW - 500, 100)?.lease?.until).toBe(NOW + 100);
  });

  test('that was never taken is neither dropped nor ended, and no job holds it', () => {
    expect(dropLease(entry(), 1)).toBeUndefined();
    expect(markStarted(entry(), 'job-1', NOW)?.lease).toBeUndefined();
    expect(markFailed(entry(), PROBLEM, 1)).toBeUndefined();
    expect(markFailed(entry(), PROBLEM)?.state).toEqual({ kind: 'failed', jobRunId: undefined, problem: PROBLEM });
  });

  test('is neither renewed nor dropped by a holder that lost it', () => {
    const first = after(entry(), takeLease(entry(), 'a', NOW, 100));
    const second = after(first, takeLease(first, 'b', NOW + 100, 100));
    expect([renewLease(second, 1, NOW, 9), dropLease(second, 1), renewLease(entry(), 1, NOW, 9)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('a job', () => {
  test('takes the lease over from whoever is starting it, and counts as started', () => {
    const starting = after(entry(), takeLease(entry(), 'start x', NOW, 100));
    const working = after(starting, beginWork(starting, 'job-1', NOW + 1, 50));
    expect(working.state).toEqual({ kind: 'started', jobRunId: 'job-1', startedAt: NOW + 1 });
    expect(working.lease).toEqual({ owner: 'job job-1', token: 2, until: NOW + 51 });
    expect(markStarted(working, 'job-2', NOW + 2)).toBeUndefined();
    expect(dropLease(working, 1)).toBeUndefined();
  });

  test('does not work beside another one, but takes over from one whose lease ran out', () => {
    const working = after(entry(), beginWork(entry(), 'job-1', NOW, 50));
    expect(beginWork(working, 'job-2', NOW + 49, 50)).toBeUndefined();
    const taken = after(working, beginWork(working, 'job-2', NOW + 50, 50));
    expect([taken.lease?.token, taken.state]).toEqual([2, { kind: 'started', jobRunId: 'job-2', startedAt: NOW }]);
  });

  test('goes on with its own lease when it is started once more', () => {
    const working = after(entry(), beginWork(entry(), 'job-1', NOW, 50));
    expect(beginWork(working, 'job-1', NOW + 10, 50)?.lease?.token).toBe(2);
  });

  test.each([COMMITTED, FAILED])('does not work on a run that has ended: %j', (state) => {
    expect(beginWork(entry({ state }), 'job-2', NOW, 50)).toBeUndefined();
  });

  test('that lost its lease cannot let the run fail, and one that holds it can', () => {
    const first = after(entry(), beginWork(entry(), 'job-1', NOW, 50));
    const second = after(first, beginWork(first, 'job-2', NOW + 50, 50));
    expect(markFailed(second, PROBLEM, 1)).toBeUndefined();
    expect(markFailed(second, PROBLEM, 2)?.state).toEqual({ kind: 'failed', jobRunId: 'job-2', problem: PROBLEM });
  });

  test('that lost its lease is believed that it committed', () => {
    const first = after(entry(), beginWork(entry(), 'job-1', NOW, 50));
    const second = after(first, beginWork(first, 'job-2', NOW + 50, 50));
    expect(markCommitted(second, REPORT)?.state).toEqual({ kind: 'committed', jobRunId: 'job-2', report: REPORT });
  });
});

describe('a run', () => {
  test('frees the lease with each step of its state, and keeps the token', () => {
    const lease = { owner: 'x', token: 4, until: NOW };
    const freed = { owner: 'x', token: 4, until: 0 };
    expect(markStarted(entry({ lease }), 'job-1', NOW)?.lease).toEqual(freed);
    expect(markCommitted(entry({ lease, state: STARTED }), REPORT)?.lease).toEqual(freed);
    expect(markFailed(entry({ lease, state: STARTED }), PROBLEM)?.lease).toEqual(freed);
    expect(markNotified(entry({ lease, state: COMMITTED }), NOW)?.lease).toEqual(freed);
    expect(markVoid(entry({ lease }), NOW)?.lease).toEqual(freed);
  });

  test.each([STARTED, COMMITTED, FAILED])('is started and made void from planned only, not from %j', (state) => {
    expect(markStarted(entry({ state }), 'job-2', NOW)).toBeUndefined();
    expect(markVoid(entry({ state }), NOW)).toBeUndefined();
  });

  test('is notified and settled once, after it has ended', () => {
    for (const mark of [markNotified, markSettled]) {
      expect(mark(entry(), NOW)).toBeUndefined();
      expect(mark(entry({ state: STARTED }), NOW)).toBeUndefined();
      const marked = after(entry({ state: FAILED }), mark(entry({ state: FAILED }), NOW));
      expect(mark(marked, NOW + 1)).toBeUndefined();
    }
  });

  test('is closed with both marks, in either order, or when it is void', () => {
    const committed = entry({ state: COMMITTED });
    const notified = after(committed, markNotified(committed, NOW));
    const settled = after(committed, markSettled(committed, NOW));
    const both = after(notified, markSettled(notified, NOW));
    expect([committed, notified, settled, both].map(isClosed)).toEqual([false, false, false, true]);
    expect(isClosed(after(settled, markNotified(settled, NOW)))).toBe(true);
    const isVoid = after(entry(), markVoid(entry(), NOW));
    expect([isClosed(isVoid), isVoid.files]).toEqual([true, []]);
  });

  test('never changes from committed', () => {
    const committed = entry({ state: COMMITTED });
    expect([markCommitted(committed, REPORT), markFailed(committed, PROBLEM)]).toEqual([undefined, undefined]);
  });

  test('that counts as failed becomes committed when the warehouse has it after all, and its notice is due again', () => {
    const failed = entry({ state: FAILED, notifiedAt: NOW });
    const known = after(failed, markCommitted(failed, REPORT));
    expect([known.state.kind, known.notifiedAt]).toEqual(['committed', undefined]);
    expect(markCommitted(entry({ state: FAILED, notifiedAt: NOW, settledAt: NOW }), REPORT)).toBeUndefined();
  });
});
