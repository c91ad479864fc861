import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runOnProcesses } from '../src/testing/run-on-processes.ts';
import { keyOf, landDays } from './landed-days.ts';
import { SimulatedRun } from './simulated-run.ts';

let run: SimulatedRun;
beforeEach(async () => {
  run = await SimulatedRun.open();
});
afterEach(() => run.close());

const onProcesses = (options: Partial<Parameters<typeof runOnProcesses>[0]> = {}) =>
  runOnProcesses({ environment: run.simulator.environment, ...options });

describe('the job, on processes against the simulated AWS,', () => {
  test('commits the files of its run to Redshift and reports them in the ledger', async () => {
    const files = await landDays(run, 5);
    await run.put(keyOf(9), 'a file of no plan');
    await run.plan('run-1', files);
    expect(await run.start(onProcesses(), 'run-1')).toEqual({ state: 'SUCCEEDED' });
    const { state } = await run.entry('run-1');
    expect(state).toMatchObject({
      kind: 'committed',
      jobRunId: 'jr_1',
      report: { status: 'succeeded-with-rejects', totals: { read: 30 + 60 + 90 + 150, rejected: 3 + 5 + 7 + 12 } },
    });
    if (state.kind !== 'committed') return;
    expect(state.report.files.map(({ key, status }) => [key, status])).toEqual(
      files.map(({ key }, place) => [key, place === 3 ? 'empty' : 'loaded']),
    );
    expect(state.report.files[0]!.firstRejects).toEqual({ 'quantity-not-positive': 2 });
    const facts = await run.facts();
    expect(facts).toHaveLength(150 - 12);
    // The last day wins.
    expect(new Set(facts.map(({ source_key }) => source_key))).toEqual(new Set([keyOf(5)]));
    expect(facts[0]).toMatchObject({
      product_name: 'Mug',
      list_price: '4.00',
      membership_level: 'Silver',
      run_id: 'run-1',
    });
  });

  test('changes nothing for the same bytes in another run, and says already-loaded', async () => {
    const files = await landDays(run, 3);
    await run.plan('run-1', files);
    await run.start(onProcesses(), 'run-1');
    const before = await run.facts();
    await run.plan('run-2', files);
    expect(await run.start(onProcesses(), 'run-2')).toEqual({ state: 'SUCCEEDED' });
    const { state } = await run.entry('run-2');
    expect(state).toMatchObject({
      kind: 'committed',
      report: { files: files.map(() => ({ status: 'already-loaded' })) },
    });
    expect(await run.facts()).toEqual(before);
  });

  test('ends well and does nothing where its run has ended', async () => {
    await run.plan('run-1', await landDays(run, 1));
    await run.start(onProcesses(), 'run-1');
    const before = await run.entry('run-1');
    expect(await run.start(onProcesses(), 'run-1', 'jr_2')).toEqual({ state: 'SUCCEEDED' });
    expect(await run.entry('run-1')).toEqual(before);
  });

  test('survives a worker that dies once in each partition', async () => {
    const files = await landDays(run, 5);
    await run.plan('run-1', files);
    const onWorker = ({
      attempt,
      process: child,
    }: {
      attempt: number;
      process: { kill(signal: 'SIGKILL'): boolean };
    }) => {
      if (attempt === 1) child.kill('SIGKILL');
    };
    expect(await run.start(onProcesses({ onWorker }), 'run-1')).toEqual({ state: 'SUCCEEDED' });
    expect(await run.facts()).toHaveLength(150 - 12);
  });

  test('fails with one sentence, in Glue and in the ledger, where its workers die as often as they are tried', async () => {
    await run.plan('run-1', await landDays(run, 2));
    const onWorker = ({ process: child }: { process: { kill(signal: 'SIGKILL'): boolean } }) => child.kill('SIGKILL');
    const end = await run.start(onProcesses({ onWorker }), 'run-1');
    expect(end).toMatchObject({ state: 'FAILED', message: expect.stringMatching(/^job\.workers-failed: .*SIGKILL/) });
    expect((await run.entry('run-1')).state).toMatchObject({ kind: 'failed', problem: { code: 'job.workers-failed' } });
    expect(await run.facts()).toEqual([]);
  });

  test('fails where there is no such run, and where it is started without a configuration', async () => {
    expect(await run.start(onProcesses(), 'run-9')).toMatchObject({
      state: 'FAILED',
      message: expect.stringMatching(/^job\.run-missing: There is no run run-9/),
    });
    const job = {
      jobName: 'weir',
      jobRunId: 'jr',
      arguments: { '--run-id': 'run-1' },
      signal: new AbortController().signal,
    };
    expect(await onProcesses()(job)).toMatchObject({
      state: 'FAILED',
      message: expect.stringMatching(/^job\.arguments: .*--weir-config is missing/),
    });
  });
});
