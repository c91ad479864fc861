import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { parsePolicy, type Transformed } from '@weir/core';
import { toLine } from '../src/protocol/to-line.ts';
import { buildProgram } from '../src/testing/build-programs.ts';
import { processWorkers, type StartedWorker } from '../src/testing/process-workers.ts';
import type { Workers } from '../src/transform/workers.ts';
import { HoldingProxy } from './holding-proxy.ts';
import { openPiped, type PipedSubject } from './piped-subject.ts';

const HEADER = 'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function openSubject(around?: (workers: Workers) => Workers): Promise<PipedSubject> {
  const subject = await openPiped({}, around);
  open.push(subject);
  return subject;
}

function keyOf(no: number): string {
  return `transactions/year=2023/month=03/day=1${no}/transactions_2023-03-1${no}.csv`;
}

async function stage(subject: PipedSubject, files = 4): Promise<{ transformed: Transformed; objects: string[] }> {
  const deliveries = [];
  for (let no = 1; no <= files; no++) {
    const rows = Array.from(
      { length: 40 * no },
      (_, i) => `T-${no}-${i},C-1,P-1,${i % 7},9.99,2023-03-1${no},Cash,Completed`,
    );
    const content = [HEADER, ...rows, ''].join('\n');
    subject.s3.simulator.putObjectAt('weir-landing', keyOf(no), content, new Date(Date.UTC(2023, 2, 20)));
    deliveries.push({ fileNo: no, landed: (await subject.s3.landing.find(keyOf(no)))!, committed: [] });
  }
  const transformed = await subject.transformer.transform({ runId: 'run-x', policy: parsePolicy(), deliveries });
  const objects: string[] = [];
  for (const { key, checksum } of subject.parts(transformed.stage!)) {
    objects.push(`${key} ${checksum} ${Buffer.from(await subject.s3.staged(key)).toString('base64')}`);
  }
  return { transformed: { ...transformed, stage: undefined }, objects };
}

describe('a worker', () => {
  test('that is killed in the middle of its work is started anew, and the same bytes are staged', async () => {
    const expected = await stage(await openSubject());
    const killed: number[] = [];
    const subject = await openSubject(() => {
      let proxy: HoldingProxy;
      const started: StartedWorker[] = [];
      return {
        parallelism: 2,
        run: async (partitions, signal) => {
          const { environment } = subject.s3.simulator;
          proxy = await HoldingProxy.open(environment.AWS_ENDPOINT_URL!);
          open.push(proxy);
          const held = proxy.hold(/^GET \/weir-landing\/.*day(=|%3D)13/);
          const workers = processWorkers({
            environment: { ...environment, AWS_ENDPOINT_URL: proxy.endpoint },
            onWorker: (worker) => started.push(worker),
          });
          const run = workers.run(partitions, signal);
          await held.came(1);
          for (const { process: child } of started.filter(({ process: { exitCode } }) => exitCode === null)) {
            killed.push(child.pid!);
            child.kill('SIGKILL');
          }
          held.release();
          return run;
        },
      };
    });
    expect(await stage(subject)).toEqual(expected);
    expect(killed.length).toBeGreaterThan(0);
  });

  test('that dies as often as it is tried fails the transform', async () => {
    let attempts = 0;
    const subject = await openPiped({
      attempts: 3,
      parallelism: 1,
      onWorker: ({ process: child }) => {
        attempts++;
        child.kill('SIGKILL');
      },
    });
    open.push(subject);
    await expect(stage(subject, 1)).rejects.toMatchObject({ code: 'job.workers-failed', retryable: true });
    expect(attempts).toBe(3);
    expect(await subject.openStages()).toBe(0);
  });

  test('tells the fault of a port with its sentence and its code, and ends well', async () => {
    const subject = await openSubject();
    const order = { ...ORDER, staging: { bucket: 'weir-nowhere', prefix: 'p/' } };
    subject.s3.simulator.putObjectAt('weir-landing', keyOf(1), HEADER, new Date(Date.UTC(2023, 2, 20)));
    const landed = (await subject.s3.landing.find(keyOf(1)))!;
    const ended = await runWorker(subject, [
      toLine(order),
      toLine({ kind: 'split', fileNo: 1, landed, committed: [] }),
    ]);
    expect(ended.code).toBe(0);
    expect(ended.printed).toMatchObject([
      { kind: 'fault', code: 'warehouse.stage-unreadable', message: expect.stringContaining('weir-nowhere') },
    ]);
  });

  test('refuses lines that are none of ours, and splits without an order', async () => {
    const subject = await openSubject();
    const landed = { key: keyOf(1), size: 1, modifiedAt: 1, version: 'v:1' };
    for (const lines of [['hello'], [toLine({ kind: 'split', fileNo: 1, landed, committed: [] })]]) {
      expect((await runWorker(subject, lines)).printed).toMatchObject([{ kind: 'fault', code: 'job.protocol' }]);
    }
  });

  test('ends with a code and a sentence where it is broken itself', async () => {
    const subject = await openSubject();
    const ended = await runWorker(subject, [toLine({ ...ORDER, policy: { nope: 1 } })]);
    expect(ended).toMatchObject({ code: 1, printed: [] });
    expect(ended.log).toMatch(/^\{"level":"ERROR","message":"The worker failed: [^\n]*nope/);
  });

  test('reads no dimensions where it needs none', async () => {
    const subject = await openSubject();
    const { code, printed } = await runWorker(subject, [toLine(ORDER)]);
    expect([code, printed]).toMatchObject([0, [{ kind: 'trailer', deliveries: 0, rows: 0, rejects: 0 }]]);
    expect(printed[0]).not.toHaveProperty('dimensions');
    expect(printed[0]).toMatchObject({ machine: expect.stringMatching(/glibc 2\.\d+, Node v24\./) });
  });
});

const ORDER = {
  kind: 'order',
  region: 'eu-central-1',
  landing: { bucket: 'weir-landing', folder: 'transactions/' },
  staging: { bucket: 'weir-staging', prefix: 'p/' },
  policy: parsePolicy(),
  dimensions: { products: ['p/none.zst'], customers: ['p/none.zst'] },
};

async function runWorker({ s3 }: PipedSubject, lines: readonly string[]) {
  const child = spawn(process.execPath, [await buildProgram('worker')], { env: { ...s3.simulator.environment } });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (part: string) => {
      text[name] += part;
    });
  }
  child.stdin.end(`${lines.join('\n')}\n`);
  const [code] = await once(child, 'close');
  const printed = text.stdout.split('\n').filter((line) => line !== '');
  return { code, printed: printed.map((line) => JSON.parse(line) as Record<string, unknown>), log: text.stderr };
}
