import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { buildDelivery, buildRun, commitDeliveries, type Delivery, stageDeliveries } from '@weir/core/testing';
import { PostgresWarehouse } from '../src/index.ts';
import { openPlace, type PostgresPlace } from './postgres-place.ts';
import { PostgresProbe } from './postgres-probe.ts';
import { OVER_ONE, OVER_TWO } from './postgres-warehouse-subject.ts';

let place: PostgresPlace;
let probe: PostgresProbe;
let warehouse: PostgresWarehouse;

beforeEach(async () => {
  place = await openPlace();
  probe = new PostgresProbe(place);
  warehouse = new PostgresWarehouse({ pool: place.pool, ...OVER_TWO });
});

/** Rows with every verdict, and keys that do not come in order. */
function build(key: string, sourceModified: number, count: number, step: number): Delivery {
  const rows = Array.from({ length: count }, (_, i) => ({
    transaction_id: `T-${(i * 7919 * step) % (count * 2)}'\\`,
    quantity: 1 + (i % 3),
    source_line: i + 2,
  }));
  return buildDelivery({ key, sourceModified, rows });
}
const HISTORY = [
  build('1.csv', 2, 3000, 1),
  build('2.csv', 3, 3000, 2),
  build('3.csv', 1, 3000, 3),
  build('4.csv', 4, 3000, 2),
];

const sharedTables = () =>
  probe.rows(
    `SELECT relname AS name FROM pg_class WHERE relname LIKE 'weir\\_stage\\_%' AND relkind = 'r' AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())`,
  );

describe('a shared stage', () => {
  test('is decided in parts, and gives the facts, decisions and books that one session gives', async () => {
    const states = [];
    for (const connections of [OVER_ONE, OVER_TWO]) {
      const other = await openPlace();
      const names: string[] = [];
      const options = { pool: other.pool, ...connections, onStatement: (name: string) => names.push(name) };
      const books = [];
      for (const [i, delivery] of HISTORY.entries()) {
        const run = { policy: { decisions: 'all' }, committedAt: i } as const;
        books.push(await commitDeliveries(new PostgresWarehouse(options), `run-${i}`, [delivery], run));
      }
      expect(names.filter((name) => name === 'decide-rows').length).toBe(connections === OVER_ONE ? 4 : 4 * 8);
      const rows = async (query: string) => (await other.pool.query(query)).rows;
      states.push({
        books,
        facts: await rows('SELECT * FROM fact_transactions ORDER BY transaction_id'),
        decisions: await rows('SELECT * FROM ingest_decision ORDER BY run_id, source_key, source_line'),
      });
      await other.close();
    }
    expect(states[1]).toEqual(states[0]);
  });

  test('is for large runs only: a small one takes one connection and creates nothing', async () => {
    const names: string[] = [];
    const modest = new PostgresWarehouse({
      pool: place.pool,
      connections: 2,
      onStatement: (name) => names.push(name),
    });
    const { files } = await commitDeliveries(modest, 'run-1', [build('1.csv', 1, 50, 1)]);
    expect(files[0]!.books.inserted).toBe(50);
    expect(names).toContain('decide-rows');
    expect(names).not.toContain('wait-for-verdicts');
  });

  test('is gone when its run has ended, committed or not', async () => {
    await commitDeliveries(warehouse, 'run-1', [HISTORY[0]!]);
    expect(await sharedTables()).toEqual([]);
    await expect(commitDeliveries(warehouse, 'run-2', [{ ...HISTORY[1]!, read: 1 }])).rejects.toMatchObject({
      code: 'warehouse.count-mismatch',
    });
    expect(await sharedTables()).toEqual([]);
  });

  test('shows readers the state before the run or the one after it, and nothing between', async () => {
    await commitDeliveries(warehouse, 'run-1', [HISTORY[0]!]);
    const look = async () => {
      const [state] = await probe.rows(
        `SELECT (SELECT count(*)::int FROM fact_transactions) AS facts, (SELECT sum(quantity)::int FROM fact_transactions) AS quantities,
          (SELECT count(*)::int FROM ingest_run) AS runs`,
      );
      return JSON.stringify(state);
    };
    const before = await look();
    const seen = new Set<string>();
    let isDone = false;
    const committing = commitDeliveries(warehouse, 'run-2', [HISTORY[1]!]).finally(() => {
      isDone = true;
    });
    while (!isDone) seen.add(await look());
    await committing;
    const after = await look();
    expect(after).not.toBe(before);
    seen.delete(before);
    seen.delete(after);
    expect([...seen]).toEqual([]);
  });
});

describe('what a killed run leaves of a shared stage', () => {
  test('is dropped by the next run, whatever its setting; a stage in use is left alone', async () => {
    const living = await warehouse.openStage('run-living');
    await stageDeliveries(living, [HISTORY[0]!]);
    const [livingTable] = await sharedTables();
    const child = spawn(process.execPath, ['--input-type=module', '-e', CHILD], {
      env: {
        PATH: process.env.PATH,
        ADDRESS: place.connectionString,
        OPTIONS: JSON.stringify(OVER_TWO),
        POSTGRES: new URL('../src/postgres/index.ts', import.meta.url).href,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await sharedTables()).toHaveLength(2);
    const locks = () =>
      probe.rows(
        `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
    while ((await locks()).length > 1) await new Promise((resolve) => setTimeout(resolve, 20));
    const next = await new PostgresWarehouse({ pool: place.pool }).openStage('run-next');
    await next.close();
    expect(await sharedTables()).toEqual([livingTable]);
    await living.commit(buildRun('run-living', [HISTORY[0]!]));
    await living.close();
    expect(await sharedTables()).toEqual([]);
  });
});

const STATEMENTS = [
  'lock-writers',
  'leave-out-committed',
  'decide-rows',
  'wait-for-verdicts',
  'merge-facts',
  'prepare-decisions',
  'take-decisions',
  'record-run',
  'check-books',
];

describe('when a connection of a shared stage is killed', () => {
  test.each(
    (['writer', 'helper'] as const).flatMap((victim) => STATEMENTS.map((statement) => [victim, statement] as const)),
  )(
    'the %s after %s, all of the run is committed or nothing, and a repetition gives all',
    async (victim, statement) => {
      await commitDeliveries(warehouse, 'run-1', [HISTORY[0]!]);
      const before = await probe.countAll();
      let killing: Promise<unknown> | undefined;
      const fragile = new PostgresWarehouse({
        pool: place.pool,
        ...OVER_TWO,
        onStatement: (name) => {
          if (name === statement) killing ??= place.pool.query(kill(victim));
        },
      });
      const outcome = await commitDeliveries(fragile, 'run-2', [HISTORY[1]!]).catch((error: unknown) => error);
      await killing;
      expect(killing).toBeDefined();
      if (outcome instanceof Error) {
        expect(outcome).toMatchObject({ code: 'warehouse.unreachable', retryable: true });
        expect(await probe.countAll()).toBe(before);
      }
      const again = await commitDeliveries(warehouse, 'run-3', [HISTORY[1]!]);
      expect(again.files[0]!.status).toBe(outcome instanceof Error ? 'loaded' : 'already-loaded');
      await commitDeliveries(warehouse, 'run-4', [build('5.csv', 5, 10, 1)]);
      expect(await sharedTables()).toEqual([]);
    },
  );
});

/** The writer is who holds the stage's lock. */
function kill(victim: 'writer' | 'helper'): string {
  const writer = `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = 473190422 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  return victim === 'writer'
    ? `SELECT pg_terminate_backend(pid) FROM (${writer}) w`
    : `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'weir helper' AND datname = current_database()`;
}

const CHILD = `
const { openPostgresPool, PostgresWarehouse } = await import(process.env.POSTGRES);
const pool = openPostgresPool({ connectionString: process.env.ADDRESS });
const stage = await new PostgresWarehouse({ pool, ...JSON.parse(process.env.OPTIONS) }).openStage('run-1');
await stage.writeRows(new TextEncoder().encode('1\\t2\\tT-1\\tC-1\\tP-1\\t1\\t1.00\\t2023-03-14\\tCash\\tPending\\t1\\t1.00\\tSmall\\ta\\tb\\tc\\t1.00\\td\\n'));
await new Promise((resolve) => setTimeout(resolve, 100));
console.log('staged');
await new Promise(() => setInterval(() => undefined, 1000));
`;
