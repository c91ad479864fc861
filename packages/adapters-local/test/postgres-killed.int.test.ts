import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { buildDelivery, buildRun, commitDeliveries, stageDeliveries } from '@weir/core/testing';
import { PostgresWarehouse } from '../src/index.ts';
import { openPlace, type PostgresPlace } from './postgres-place.ts';
import { PostgresProbe } from './postgres-probe.ts';
import { CONNECTIONS } from './postgres-warehouse-subject.ts';

const DELIVERY = buildDelivery({ rows: [{}, { transaction_id: 'T-2' }], rejects: [{}] });

let place: PostgresPlace;
let probe: PostgresProbe;
let warehouse: PostgresWarehouse;

beforeEach(async () => {
  place = await openPlace();
  probe = new PostgresProbe(place);
});

describe.each(CONNECTIONS)('a connection that is killed (%s)', (_, connections) => {
  beforeEach(() => {
    warehouse = new PostgresWarehouse({ pool: place.pool, ...connections });
  });

  test('while rows are staged fails the run and leaves nothing', async () => {
    const stage = await warehouse.openStage('run-1');
    await stageDeliveries(stage, [DELIVERY]);
    await place.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query ~ '^COPY (stage_row|weir_stage_.*_rows) ' AND state = 'active'`,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    await expect(stage.commit(buildRun('run-1', [DELIVERY]))).rejects.toMatchObject({
      code: 'warehouse.unreachable',
      retryable: true,
    });
    await stage.close();
    expect(await probe.countAll()).toBe(0);
  });

  test('before its COMMIT fails the run and leaves nothing, and the next run loads the files', async () => {
    const holder = await place.pool.connect();
    await holder.query('BEGIN; LOCK TABLE ingest_lock');
    const committing = commitDeliveries(warehouse, 'run-1', [DELIVERY]).catch((error: unknown) => error);
    const pid = await probe.waitForWaiter();
    await holder.query('SELECT pg_terminate_backend($1)', [pid]);
    expect(await committing).toMatchObject({
      code: 'warehouse.unreachable',
      retryable: true,
      context: { reason: 'connection-lost' },
    });
    await holder.query('ROLLBACK');
    holder.release();
    expect(await probe.countAll()).toBe(0);
    expect((await commitDeliveries(warehouse, 'run-2', [DELIVERY])).files[0]!.status).toBe('loaded');
  });

  test('with its whole process leaves nothing', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', CHILD], {
      env: {
        PATH: process.env.PATH,
        ADDRESS: place.connectionString,
        OPTIONS: JSON.stringify(connections),
        POSTGRES: new URL('../src/postgres/index.ts', import.meta.url).href,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    const backends = () =>
      probe.rows(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query ~ '^COPY (stage_row|weir_stage_.*_rows) ' AND state = 'active'`,
      );
    expect(await backends()).toHaveLength(connections.connections!);
    child.kill('SIGKILL');
    await once(child, 'exit');
    while ((await backends()).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await probe.countAll()).toBe(0);
    expect((await commitDeliveries(warehouse, 'run-1', [DELIVERY])).files[0]!.status).toBe('loaded');
  });
});

const CHILD = `
const { openPostgresPool, PostgresWarehouse } = await import(process.env.POSTGRES);
const pool = openPostgresPool({ connectionString: process.env.ADDRESS });
const stage = await new PostgresWarehouse({ pool, ...JSON.parse(process.env.OPTIONS) }).openStage('run-1');
await stage.writeRows(new TextEncoder().encode('1\\t2\\tT-1\\tC-1\\tP-1\\t1\\t1.00\\t2023-03-14\\tCash\\tPending\\t1\\t1.00\\tSmall\\ta\\tb\\tc\\t1.00\\td\\n'));
await new Promise((resolve) => setTimeout(resolve, 200));
console.log('staged');
await new Promise(() => setInterval(() => undefined, 1000));
`;
