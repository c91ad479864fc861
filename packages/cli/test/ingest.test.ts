import { describe, expect, it } from '@jest/globals';
import type { IngestReport, RunRecord } from '@weir/core';
import { digestFacts } from '../src/demo/digest-facts.ts';
import { createRunId } from '../src/ingest/create-run-id.ts';
import { ingestExitCode } from '../src/ingest/ingest-exit-code.ts';
import { Interruption, type StopSignal } from '../src/interrupt/interruption.ts';
import { IngestProgress } from '../src/output/ingest-progress.ts';
import type { MeterState } from '../src/output/meter.ts';
import { findRun } from '../src/runs/find-run.ts';

describe('a run id', () => {
  it('sorts by time and is short', () => {
    expect(createRunId(1_678_860_902_123, new Uint8Array([0x3f, 0x9a, 0x2c]))).toBe('20230315T061502Z-3f9a2c');
  });
  it('differs within a second', () => expect(createRunId(0)).not.toBe(createRunId(0)));
});

describe('ingest ends', () => {
  const report = (files: string[], { rejected = 0, notMoved = 0 } = {}) =>
    ({
      status: files.includes('failed') ? 'failed' : 'succeeded',
      files: files.map((status) => ({ status })),
      totals: { rejected },
      notMoved: Array.from({ length: notMoved }, () => ({})),
    }) as unknown as IngestReport;

  it.each([
    ['with 0 where all is loaded', report(['loaded', 'empty', 'already-loaded']), false, 0],
    ['with 0 where nothing landed', report([]), true, 0],
    ['with 0 where rejects are tolerated', report(['loaded'], { rejected: 1 }), false, 0],
    ['with 3 where rejects are not', report(['loaded'], { rejected: 1 }), true, 3],
    ['with 3 where a file was refused', report(['loaded', 'refused']), false, 3],
    ['with 1 where a file failed', report(['refused', 'failed']), true, 1],
    ['with 1 where a file could not be moved', report(['refused'], { notMoved: 1 }), false, 1],
  ])('%s', (_, given, failsOnRejects, code) => expect(ingestExitCode(given, failsOnRejects)).toBe(code));
});

describe('a run is found', () => {
  const ids = ['20230315T061502Z-3f9a2c', '20230315T061503Z-000000', '20230316T000000Z-ffffff'];
  const history: Parameters<typeof findRun>[0] = {
    runs: async () => ids.map((runId) => ({ runId })) as never,
    run: async (runId) => (ids.includes(runId) ? ({ runId } as RunRecord) : undefined),
  };
  it.each([ids[0]!, '20230316'])('by %s', async (id) => expect(await findRun(history, id)).toHaveProperty('runId'));
  it.each([
    ['20230315', 'runs.ambiguous'],
    ['2024', 'runs.unknown'],
  ])('not by %s', async (id, code) => await expect(findRun(history, id)).rejects.toMatchObject({ code, exitCode: 1 }));
});

describe('the digest of facts', () => {
  const fact = { transaction_id: 'a', quantity: 2 } as never;
  it('does not depend on how facts are cut into batches', async () => {
    const reader = (...batches: never[][]) => ({
      facts: async function* () {
        yield* batches;
      },
    });
    const whole = await digestFacts(reader([fact, fact]));
    expect(await digestFacts(reader([fact], [fact]))).toEqual(whole);
    expect(whole.facts).toBe(2);
  });
});

describe('an interruption', () => {
  function open() {
    const listeners = new Map<StopSignal, () => void>();
    const clock = { now: 0 };
    const said: string[] = [];
    const kills: number[] = [];
    const source = {
      on: (signal: StopSignal, listener: () => void) => listeners.set(signal, listener),
      off: (signal: StopSignal) => listeners.delete(signal),
    };
    const interruption = new Interruption(
      source,
      (text) => said.push(text),
      (code) => kills.push(code),
      () => clock.now,
    );
    return { interruption, listeners, clock, said, kills };
  }

  it('aborts at the first signal and ends the process at a second one, not at an echo of the first', () => {
    const { interruption, listeners, clock, said, kills } = open();
    interruption.consequence = 'Nothing was loaded.';
    listeners.get('SIGINT')!();
    expect(interruption.signal.reason.message).toBe('Interrupted. Nothing was loaded.');
    clock.now = 100;
    listeners.get('SIGINT')!();
    expect(kills).toEqual([]);
    clock.now = 1000;
    listeners.get('SIGTERM')!();
    expect(kills).toEqual([143]);
    expect(said).toHaveLength(1);
  });
  it('does not wait for what nobody needs any more', async () => {
    const { interruption, listeners } = open();
    const waiting = interruption.race(new Promise(() => undefined));
    listeners.get('SIGTERM')!();
    await expect(waiting).rejects.toThrow('Interrupted by SIGTERM');
  });
  it('leaves no listener behind', () => {
    const { interruption, listeners } = open();
    interruption.close();
    expect(listeners.size).toBe(0);
  });
});

describe('the progress of a run', () => {
  function open() {
    let now = 0;
    let describe: () => MeterState = () => ({ phase: '', details: [] });
    const lines: string[] = [];
    const meter = {
      update: (next: () => MeterState) => {
        describe = next;
      },
      line: (text: string) => lines.push(text),
      stop: () => undefined,
    };
    const progress = new IngestProgress(meter, () => now);
    return {
      progress,
      lines,
      state: () => describe(),
      wait: (ms: number) => {
        now += ms;
      },
    };
  }

  it('counts bytes and rows over all files and tells the time left', () => {
    const { progress, state, wait } = open();
    progress.take({ kind: 'listed', files: 2, bytes: 3000 });
    progress.take({ kind: 'file-started', key: 'a', size: 1000 });
    progress.take({ kind: 'file-progress', key: 'a', bytes: 0, rows: 0 });
    wait(1000);
    progress.take({ kind: 'file-progress', key: 'a', bytes: 1000, rows: 10 });
    progress.take({ kind: 'file-started', key: 'b', size: 2000 });
    wait(1000);
    progress.take({ kind: 'file-progress', key: 'b', bytes: 1000, rows: 10 });
    expect(state()).toEqual({
      phase: 'File 2 of 2',
      share: 2 / 3,
      details: ['20 rows', '2.0 kB of 3.0 kB', '10 rows/s', '1 s left to read'],
    });
    progress.take({ kind: 'committing', files: 2 });
    wait(3000);
    expect(state()).toEqual({ phase: 'Committing 20 rows', details: ['3 s'] });
  });
  it('begins anew with another attempt', () => {
    const { progress, state, lines } = open();
    progress.take({ kind: 'listed', files: 1, bytes: 1000 });
    progress.take({ kind: 'file-started', key: 'a', size: 1000 });
    progress.take({ kind: 'file-progress', key: 'a', bytes: 1000, rows: 10 });
    progress.take({ kind: 'retrying', attempt: 2, reason: 'the connection was lost' });
    progress.take({ kind: 'listed', files: 1, bytes: 1000 });
    expect(state()).toMatchObject({ phase: 'File 1 of 1', share: 0 });
    expect(lines).toContain('Trying again (attempt 2): the connection was lost');
  });
  it('tells each file once', () => {
    const { progress, lines } = open();
    progress.take({ kind: 'listed', files: 2, bytes: 10 });
    progress.take({ kind: 'file-read', key: 'a', rows: 1, rejected: 0 });
    progress.take({ kind: 'file-ended', file: { key: 'a', status: 'loaded' } as never });
    progress.take({ kind: 'file-ended', file: { key: 'b', status: 'already-loaded' } as never });
    expect(lines.slice(1)).toEqual(['Read a: 1 row, 0 rejected', 'b: already-loaded']);
  });
});
