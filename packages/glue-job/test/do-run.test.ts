import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { ZlibUnpacker } from '@weir/adapters-local';
import {
  InProcessTransformer,
  type LandedFile,
  PortError,
  parsePolicy,
  type RunEntry,
  type RunLedger,
  type Transformer,
  type Warehouse,
} from '@weir/core';
import { changeRun, grantLease } from '@weir/core/runs';
import {
  InMemoryDimensionCatalog,
  InMemoryLandingZone,
  InMemoryRunLedger,
  InMemoryWarehouse,
  injectFault,
  ManualClock,
} from '@weir/core/testing';
import { type DoRunOptions, doRun } from '../src/job/do-run.ts';
import { runJob } from '../src/job/run-job.ts';

const HEADER = 'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status';
const row = (id: string, product = 'P-1') => `${id},C-1,${product},1,9.99,2023-03-15,Cash,Completed`;
const keyOf = (day: number) => `transactions/year=2023/month=03/day=${day}/transactions_2023-03-${day}.csv`;

/** A planned run of two files; a third one has landed since. */
async function openRun() {
  const ledger = new InMemoryRunLedger();
  const warehouse = new InMemoryWarehouse();
  const landing = new InMemoryLandingZone();
  const dimensions = new InMemoryDimensionCatalog();
  await dimensions.load([
    { dimension: 'products', rows: lines('P-1\tKettle\tKitchen\t21.50\tS-1\n') },
    { dimension: 'customers', rows: lines('C-1\tA\tB\ta@b\tGold\n') },
  ]);
  const clock = new ManualClock();
  const files: LandedFile[] = [15, 16].map((day) =>
    landing.put(keyOf(day), [HEADER, row(`T-${day}`), row(`R-${day}`, 'P-9'), ''].join('\n')),
  );
  landing.put(keyOf(17), [HEADER, row('T-17'), ''].join('\n'));
  await ledger.plan({ runId: 'run-1', plannedAt: clock.now(), policy: parsePolicy(), files });
  /** Over a warehouse of which a call fails. */
  const createTransformer = (failing: Warehouse = warehouse): Transformer =>
    new InProcessTransformer({ landing, unpacker: new ZlibUnpacker(), dimensions, warehouse: failing });
  const transformer = createTransformer();
  const tokens: number[] = [];
  const options: DoRunOptions = {
    ledger,
    clock,
    history: warehouse,
    runId: 'run-1',
    jobRunId: 'jr_1',
    createWork: (token) => {
      tokens.push(token);
      return { transformer, warehouse };
    },
  };
  const read = async () => (await ledger.read('run-1')) as RunEntry;
  const facts = async () => {
    const ids: string[] = [];
    for await (const batch of warehouse.facts()) ids.push(...batch.map(({ transaction_id }) => transaction_id));
    return ids;
  };
  return { ledger, warehouse, clock, transformer, createTransformer, options, tokens, read, facts };
}

describe('a job', () => {
  test('ingests exactly the files of its entry, takes none away, and notes the report', async () => {
    const { options, read, facts, tokens } = await openRun();
    const outcome = await doRun(options);
    expect(await facts()).toEqual(['T-15', 'T-16']);
    expect(outcome).toMatchObject({ kind: 'committed', report: { totals: { read: 4, inserted: 2, rejected: 2 } } });
    const { state, lease } = await read();
    expect(state).toMatchObject({
      kind: 'committed',
      jobRunId: 'jr_1',
      report: {
        status: 'succeeded-with-rejects',
        archived: 0,
        files: [{ firstRejects: { 'product-unknown': 3 }, takenTo: undefined }, { status: 'loaded' }],
      },
    });
    expect(tokens).toEqual([1]);
    expect(lease).toMatchObject({ token: 1, until: 0 });
  });

  test('works with the fencing token of its own lease', async () => {
    const { options, tokens, ledger, clock } = await openRun();
    await changeRun(ledger, 'run-1', (entry) => grantLease(entry, 'start of somebody', clock.now(), 60_000));
    await doRun(options);
    expect(tokens).toEqual([2]);
  });

  test('leaves a run alone that another job works on, or that has ended', async () => {
    const { options, ledger, clock, read, facts } = await openRun();
    await changeRun(ledger, 'run-1', (entry) => grantLease(entry, 'job jr_0', clock.now(), 60_000));
    expect(await doRun(options)).toEqual({ kind: 'idle' });
    expect(await facts()).toEqual([]);
    clock.advance(60_001);
    expect(await doRun(options)).toMatchObject({ kind: 'committed' });
    const before = await read();
    expect(await doRun({ ...options, jobRunId: 'jr_2' })).toEqual({ kind: 'idle' });
    expect(await read()).toEqual(before);
  });

  test('notes why the run failed, and nothing of it is in the warehouse', async () => {
    const { options, warehouse, createTransformer, read, facts } = await openRun();
    const error = new PortError({ code: 'warehouse.books-open', message: 'The books are open.', remedy: 'Call.' });
    const { port } = injectFault<Warehouse>(warehouse, { method: 'commit', call: 1, when: 'before', error });
    const createWork = () => ({ transformer: createTransformer(port), warehouse: port });
    await expect(doRun({ ...options, createWork })).rejects.toBe(error);
    expect(await facts()).toEqual([]);
    expect((await read()).state).toEqual({
      kind: 'failed',
      jobRunId: 'jr_1',
      problem: { code: 'warehouse.books-open', message: 'The books are open.', remedy: 'Call.' },
    });
  });

  test('decides nothing where the answer to its commit was lost: who sweeps asks the warehouse', async () => {
    const { options, warehouse, createTransformer, read, facts } = await openRun();
    const error = new PortError({ code: 'warehouse.commit-unknown', message: 'The answer was lost.', retryable: true });
    const { port } = injectFault<Warehouse>(warehouse, { method: 'commit', call: 1, when: 'after', error });
    const createWork = () => ({ transformer: createTransformer(port), warehouse: port });
    await expect(doRun({ ...options, createWork })).rejects.toBe(error);
    expect(await facts()).toEqual(['T-15', 'T-16']);
    expect((await read()).state).toMatchObject({ kind: 'started' });
  });

  test('tells what a job that had lost its lease committed meanwhile, not that nothing was left to do', async () => {
    const { options, warehouse, transformer, read } = await openRun();
    const late = new InMemoryRunLedger();
    await late.plan(await read());
    const committedHashes = async (keys: readonly string[]) => {
      await doRun({ ...options, ledger: late, jobRunId: 'jr_0' });
      return warehouse.committedHashes(keys);
    };
    const recordFailedRun = warehouse.recordFailedRun.bind(warehouse);
    const createWork = () => ({ transformer, warehouse: { committedHashes, recordFailedRun } });
    const totals = { read: 4, inserted: 2, rejected: 2 };
    expect(await doRun({ ...options, createWork })).toMatchObject({ kind: 'committed', report: { totals } });
    expect((await read()).state).toMatchObject({
      kind: 'committed',
      report: { totals, status: 'succeeded-with-rejects' },
    });
  });

  test('tells what a job before it committed and did not live to tell', async () => {
    const { options, clock, ledger, read } = await openRun();
    const error = new Error('The process died.');
    const { port } = injectFault<RunLedger>(ledger, { method: 'replace', call: 2, when: 'before', error });
    await expect(doRun({ ...options, ledger: port })).rejects.toBe(error);
    expect((await read()).state).toMatchObject({ kind: 'started' });
    clock.advance(10 * 60_000);
    const outcome = await doRun({ ...options, jobRunId: 'jr_2' });
    expect(outcome).toMatchObject({ kind: 'committed', report: { totals: { read: 4, inserted: 2, rejected: 2 } } });
    expect((await read()).state).toMatchObject({ kind: 'committed', report: { files: [{ status: 'loaded' }, {}] } });
  });

  test('stops before its commit where somebody took its lease over, and tells nothing in the entry', async () => {
    const { options, ledger, clock, warehouse, transformer, read, facts } = await openRun();
    const taken = changeRunOnce(() =>
      changeRun(ledger, 'run-1', (entry) => grantLease(entry, 'job jr_9', clock.now(), 60_000)),
    );
    const slow: Transformer = {
      transform: async (work) => {
        await taken();
        while (work.signal?.aborted === false) await sleep(5);
        return transformer.transform(work);
      },
    };
    const run = doRun({ ...options, leaseDuration: 30, createWork: () => ({ transformer: slow, warehouse }) });
    await expect(run).rejects.toMatchObject({ code: 'job.lease-lost' });
    expect(await facts()).toEqual([]);
    expect(await read()).toMatchObject({ state: { kind: 'started' }, lease: { owner: 'job jr_9', token: 2 } });
  });

  test('keeps its lease while it works longer than one lasts', async () => {
    const { options, clock, warehouse, transformer, read } = await openRun();
    const untils: number[] = [];
    const slow: Transformer = {
      transform: async (work) => {
        while (untils.length < 3) {
          await sleep(5);
          clock.advance(10);
          const { until } = (await read()).lease!;
          if (untils.at(-1) !== until) untils.push(until);
        }
        return transformer.transform(work);
      },
    };
    await doRun({ ...options, leaseDuration: 60, createWork: () => ({ transformer: slow, warehouse }) });
    expect(untils).toEqual(untils.toSorted((a, b) => a - b));
    expect((await read()).state.kind).toBe('committed');
  });
});

describe('the last word of a job', () => {
  const quiet = () => undefined;

  test('says in one line how it went', async () => {
    const { options } = await openRun();
    expect(await runJob({ createPorts: () => options, log: quiet })).toEqual({
      outcome: 'committed',
      message: 'Run run-1 succeeded-with-rejects: 4 rows of 2 files, 2 rejected.',
    });
    expect(await runJob({ createPorts: () => options, log: quiet })).toMatchObject({ outcome: 'idle' });
  });

  test('says why it failed, with the code and the remedy', async () => {
    const { options } = await openRun();
    const end = await runJob({ createPorts: () => ({ ...options, runId: 'run-9' }), log: quiet });
    expect(end.outcome).toBe('failed');
    expect(end.message).toMatch(/^job\.run-missing: There is no run run-9 in memory:ledger\. Start jobs by/);
  });

  test('is one line, whatever broke', async () => {
    const createPorts = () => {
      throw new Error('one\n  two');
    };
    expect(await runJob({ createPorts, log: quiet })).toEqual({ outcome: 'failed', message: 'one two' });
  });
});

function changeRunOnce(change: () => Promise<unknown>): () => Promise<void> {
  let done: Promise<unknown> | undefined;
  return async () => {
    done ??= change();
    await done;
  };
}

async function* lines(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
