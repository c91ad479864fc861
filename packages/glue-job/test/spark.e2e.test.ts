import { createHash } from 'node:crypto';
import { beforeAll, expect, jest, test } from '@jest/globals';
import { type DeliveryToRead, parsePolicy, type ReadDelivery } from '@weir/core';
import { processWorkers } from '../src/testing/process-workers.ts';
import { runOnProcesses } from '../src/testing/run-on-processes.ts';
import { runOnSpark } from '../src/testing/run-on-spark.ts';
import { findSparkProcesses, type SparkProcess } from '../src/testing/spark-processes.ts';
import { sparkWorkers } from '../src/testing/spark-workers.ts';
import type { Workers } from '../src/transform/workers.ts';
import { describeSpark } from './describe-spark.ts';
import { HoldingProxy } from './holding-proxy.ts';
import { landDays } from './landed-days.ts';
import { openPiped } from './piped-subject.ts';
import { SimulatedRun } from './simulated-run.ts';

const FILES = 9;
const HEADER = 'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status';

describeSpark('on Spark, with two executors in processes of their own,', () => {
  jest.setTimeout(180_000);
  let expected: Staged;

  beforeAll(async () => {
    expected = await stage((environment) => processWorkers({ environment }));
    expect(expected.outcomes).toHaveLength(FILES);
    expect(Object.keys(expected.objects).length).toBe(2 * (FILES - 2));
  });

  test('the same bytes are staged as by plain processes', async () => {
    let log = '';
    const onLog = (text: string) => {
      log += text;
    };
    expect(await stage((environment) => sparkWorkers({ environment, onLog }))).toEqual(expected);
    // What the next person needs where Node does not start on some machine.
    const first = JSON.parse(/^\{.*"The Spark job starts".*$/m.exec(log)![0]);
    expect(first).toMatchObject({
      spark: '3.5.6',
      node: expect.stringMatching(/^v24\./),
      glibc: expect.stringMatching(/^2\.\d+$/),
      master: 'local-cluster[2,1,1024]',
      parallelism: 2,
    });
  });

  test.each<[string, SparkProcess]>([
    ['a worker', 'worker'],
    ['an executor', 'executor'],
  ])('%s that is killed in the middle of its work changes nothing', async (_, what) => {
    const killed: number[] = [];
    const attempts = await holdFile(5, async (held, folder) => {
      await held.came(1);
      killed.push(...findSparkProcesses(folder(), what));
      for (const pid of killed) process.kill(pid, 'SIGKILL');
      // The partition is read again, elsewhere or anew.
      await held.came(2);
    });
    expect(killed.length).toBeGreaterThan(0);
    expect(attempts).toEqual(expected);
  });

  test('a task that runs twice at the same time, as under speculation, changes nothing', async () => {
    const staged = await stage((environment) => ({
      parallelism: 2,
      run: async (partitions, signal) => {
        // Neighbours run at the same time: there are two executors, and two tasks of each partition.
        const twice = partitions.flatMap((lines) => [lines, lines]);
        const printed = await sparkWorkers({ environment }).run(twice, signal);
        const [first, second] = [0, 1].map((which) => parseCopies(printed).filter((_, place) => place % 2 === which));
        expect(first).toHaveLength(partitions.length);
        expect(second).toEqual(first);
        return second!.flat();
      },
    }));
    expect(staged).toEqual(expected);
  });

  test('a run ends in Redshift with the facts that it has by plain processes', async () => {
    const jobs = {
      processes: (environment: Readonly<Record<string, string>>) => runOnProcesses({ environment }),
      spark: (environment: Readonly<Record<string, string>>) => runOnSpark({ environment }),
    };
    const ends = [];
    for (const create of [jobs.processes, jobs.spark]) {
      const run = await SimulatedRun.open();
      try {
        await run.plan('run-1', await landDays(run, 5));
        const end = await run.start(create(run.simulator.environment), 'run-1');
        // The version of a file is another one in each bucket.
        const { state } = await run.entry('run-1');
        ends.push({ end, facts: await run.facts(), report: state.kind === 'committed' ? state.report : state });
      } finally {
        await run.close();
      }
    }
    expect(ends[1]).toEqual(ends[0]);
    expect(ends[0]).toMatchObject({ end: { state: 'SUCCEEDED' }, report: { totals: { read: 330, rejected: 27 } } });
    expect(ends[0]!.facts).toHaveLength(138);
  });

  test('the work is given up where the job itself dies: whoever has its lease next does it anew', async () => {
    const end = holdFile(5, async (held, folder) => {
      await held.came(1);
      const [job] = findSparkProcesses(folder(), 'job');
      process.kill(job!, 'SIGKILL');
      // Never let go: that the run ends all the same is what is tested.
      await new Promise(() => undefined);
    });
    await expect(end).rejects.toMatchObject({
      message: "The job's program ended with code -9 and without a last word.",
    });
  });

  test('a worker that dies each time fails the run after four attempts, and says so', async () => {
    let log = '';
    const onLog = (text: string) => {
      log += text;
    };
    // A policy that nobody parsed before is a fault of Weir itself, which no worker can tell in an orderly way.
    const order = { kind: 'order', region: 'eu-central-1', landing: { bucket: 'b', folder: '' }, policy: { nope: 1 } };
    const rest = { staging: { bucket: 'b', prefix: 'p/' }, dimensions: { products: [], customers: [] } };
    const run = sparkWorkers({ environment: {}, onLog }).run([[JSON.stringify({ ...order, ...rest })]], undefined);
    await expect(run).rejects.toMatchObject({
      code: 'job.workers-failed',
      message: "A worker ended with code 1 as often as Spark tries. Its last words are in the executors' logs.",
    });
    expect(log).toContain('failed 4 times');
  });
});

/** What each task printed: up to its trailer. */
function parseCopies(lines: readonly string[]): string[][] {
  const copies: string[][] = [[]];
  for (const line of lines) {
    copies.at(-1)!.push(line);
    if (line.includes('"kind":"trailer"')) copies.push([]);
  }
  return copies.slice(0, -1);
}

interface Staged {
  readonly outcomes: readonly ReadDelivery[];
  /** SHA-256 of each staged object that was handed over, by its key. */
  readonly objects: Readonly<Record<string, string>>;
}

async function stage(createWorkers: (environment: Readonly<Record<string, string>>) => Workers): Promise<Staged> {
  let workers: Workers | undefined;
  const subject = await openPiped({}, () => ({
    parallelism: 2,
    run: (partitions, signal) => workers!.run(partitions, signal),
  }));
  try {
    const { environment } = subject.s3.simulator;
    workers = createWorkers(environment);
    const deliveries: DeliveryToRead[] = [];
    for (let no = 1; no <= FILES; no++) {
      const key = keyOf(no);
      subject.s3.simulator.putObjectAt('weir-landing', key, contentOf(no), new Date(Date.UTC(2023, 2, 20)));
      const landed = (await subject.s3.landing.find(key))!;
      deliveries.push({ fileNo: no, landed, committed: no === 3 ? [hashOf(contentOf(no))] : [] });
    }
    const { deliveries: outcomes, stage } = await subject.transformer.transform({
      runId: 'run-x',
      policy: parsePolicy(),
      deliveries,
    });
    const objects: Record<string, string> = {};
    for (const { key } of subject.parts(stage!)) objects[key] = hashOf(await subject.s3.staged(key));
    return { outcomes, objects };
  } finally {
    await subject.close();
  }
}

/** Stages with one file's download held back, until something has happened. */
async function holdFile(
  no: number,
  happen: (held: ReturnType<HoldingProxy['hold']>, folder: () => string) => Promise<void>,
): Promise<Staged> {
  let folder = '';
  let proxy: HoldingProxy | undefined;
  let happened: Promise<void> | undefined;
  try {
    return await stage((environment) => ({
      parallelism: 2,
      run: async (partitions, signal) => {
        proxy = await HoldingProxy.open(environment.AWS_ENDPOINT_URL!);
        const held = proxy.hold(new RegExp(`^GET /weir-landing/${keyOf(no)}`.replaceAll('=', '(=|%3D)')));
        happened = happen(held, () => folder).finally(() => held.release());
        const onFolder = (path: string) => {
          folder = path;
        };
        const proxied = { ...environment, AWS_ENDPOINT_URL: proxy.endpoint };
        const lines = await sparkWorkers({ environment: proxied, onFolder }).run(partitions, signal);
        await happened;
        return lines;
      },
    }));
  } finally {
    await proxy?.close();
  }
}

function keyOf(no: number): string {
  return `transactions/year=2023/month=03/day=1${no}/transactions_2023-03-1${no}.csv`;
}

/** Files of very different sizes; one is empty. */
function contentOf(no: number): string {
  if (no === 7) return HEADER;
  const rows = Array.from({ length: 50 + 900 * no }, (_, i) => {
    const quantity = i % 13 === 0 ? 0 : 1 + (i % 5);
    return `T-${no}-${i},C-1,P-1,${quantity},${i % 90}.99,2023-03-1${no},Cash,Completed`;
  });
  return [HEADER, ...rows, ''].join('\n');
}

function hashOf(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
