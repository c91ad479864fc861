import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { buildDelivery, commitDeliveries } from '@weir/core/testing';
import type { Pool } from 'pg';
import { openPostgresPool, PostgresDimensionCatalog, PostgresRunHistory, PostgresWarehouse } from '../src/index.ts';
import { openPlace, type PostgresPlace } from './postgres-place.ts';
import { openPostgresProxy, type PostgresProxy } from './postgres-proxy.ts';
import { CONNECTIONS } from './postgres-warehouse-subject.ts';

const DELIVERY = buildDelivery({ rows: [{}, { transaction_id: 'T-2' }, {}], rejects: [{}] });

let place: PostgresPlace;
let proxy: PostgresProxy;
let pool: Pool;

beforeEach(async () => {
  place = await openPlace();
  proxy = await openPostgresProxy(place.connectionString);
  pool = openPostgresPool({ connectionString: proxy.connectionString });
});
afterEach(async () => {
  await proxy.close();
  await pool.end();
  await place.close();
});

async function countFacts(): Promise<number> {
  return Number((await place.pool.query('SELECT count(*) AS facts FROM fact_transactions')).rows[0].facts);
}

describe.each(CONNECTIONS)('when the answer to COMMIT is lost (%s)', (_, connections) => {
  test('a commit that happened is found by its run, with its counts', async () => {
    await commitDeliveries(new PostgresWarehouse({ pool: place.pool, ...connections }), 'run-0', [
      buildDelivery({ key: 'known.csv', rows: [{ transaction_id: 'T-0' }] }),
    ]);
    proxy.commitFault = 'lose-answer';
    const known = buildDelivery({ key: 'known.csv', rows: [{ transaction_id: 'T-0' }] });
    const { files } = await commitDeliveries(new PostgresWarehouse({ pool, ...connections }), 'run-1', [
      DELIVERY,
      known,
    ]);
    expect(files).toEqual([
      {
        key: DELIVERY.key,
        status: 'loaded',
        books: { read: 4, inserted: 2, updated: 0, unchanged: 0, stale: 0, duplicate: 1, rejected: 1 },
      },
      expect.objectContaining({ key: 'known.csv', status: 'already-loaded' }),
    ]);
    expect(await countFacts()).toBe(3);
  });

  test('a commit that did not happen is an error that may be retried, and the retry loads the files', async () => {
    proxy.commitFault = 'lose-question';
    const warehouse = new PostgresWarehouse({ pool, ...connections });
    await expect(commitDeliveries(warehouse, 'run-1', [DELIVERY])).rejects.toMatchObject({
      code: 'warehouse.unreachable',
      retryable: true,
      message: expect.stringContaining('nothing of run run-1 was committed'),
    });
    expect(await countFacts()).toBe(0);
    const { files } = await commitDeliveries(warehouse, 'run-2', [DELIVERY]);
    expect(files[0]!.status).toBe('loaded');
  });

  test.each(['lose-answer', 'lose-question'] as const)(
    'and the server cannot be asked, nobody guesses: %s; the next run finds out',
    async (fault) => {
      proxy.commitFault = fault;
      const warehouse = new PostgresWarehouse({
        pool,
        ...connections,
        lookUpTimeout: 300,
        onStatement: (name) => {
          proxy.isDown ||= name === 'check-books';
        },
      });
      await expect(commitDeliveries(warehouse, 'run-1', [DELIVERY])).rejects.toMatchObject({
        code: 'warehouse.commit-unknown',
        retryable: true,
      });
      proxy.isDown = false;
      const { files } = await commitDeliveries(new PostgresWarehouse({ pool }), 'run-2', [DELIVERY]);
      expect(files[0]!.status).toBe(fault === 'lose-answer' ? 'already-loaded' : 'loaded');
      expect(await countFacts()).toBe(2);
      expect((await new PostgresRunHistory({ pool }).runs({ limit: 10 })).length).toBe(fault === 'lose-answer' ? 2 : 1);
    },
  );

  test('a server that comes back while it is looked for is asked then', async () => {
    proxy.commitFault = 'lose-answer';
    const warehouse = new PostgresWarehouse({
      pool,
      ...connections,
      onStatement: (name) => {
        if (name !== 'check-books') return;
        proxy.isDown = true;
        setTimeout(() => {
          proxy.isDown = false;
        }, 1200);
      },
    });
    const { files } = await commitDeliveries(warehouse, 'run-1', [DELIVERY]);
    expect(files[0]!.books.inserted).toBe(2);
  });

  test('the load of dimensions may be repeated', async () => {
    const row = new TextEncoder().encode('C-1\tAda\tLovelace\tada@example.com\tGold\n');
    const feed = {
      dimension: 'customers',
      rows: (async function* () {
        yield row;
      })(),
    } as const;
    proxy.commitFault = 'lose-answer';
    const catalog = new PostgresDimensionCatalog({ pool });
    await expect(catalog.load([feed])).rejects.toMatchObject({ retryable: true });
    const [again] = await catalog.load([
      {
        dimension: 'customers',
        rows: (async function* () {
          yield row;
        })(),
      },
    ]);
    expect(again).toMatchObject({ read: 1, unchanged: 1 });
  });
});

describe('a stage', () => {
  test('makes the writer wait while the server does not take the rows', async () => {
    const stage = await new PostgresWarehouse({ pool }).openStage('run-1');
    const line = new TextEncoder().encode(`${'x'.repeat(65_535)}\n`);
    await stage.writeRows(line.slice());
    proxy.isStalled = true;
    let taken = 0;
    const writing = (async () => {
      for (; taken < 2000; taken++) await stage.writeRows(line);
    })().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(taken * line.length).toBeLessThan(32 * 1024 * 1024);
    await stage.close();
    await proxy.close();
    await writing;
  });
});
