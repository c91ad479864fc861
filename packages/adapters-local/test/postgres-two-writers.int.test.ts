import { beforeEach, describe, expect, test } from '@jest/globals';
import { buildDelivery, commitDeliveries } from '@weir/core/testing';
import { PostgresFactReader, PostgresWarehouse } from '../src/index.ts';
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

describe.each(CONNECTIONS)('two writers (%s)', (_, connections) => {
  beforeEach(() => {
    warehouse = new PostgresWarehouse({ pool: place.pool, ...connections });
  });

  test('the second waits, says so, and goes on when the first has ended; readers do not wait', async () => {
    const holder = await place.pool.connect();
    await holder.query('BEGIN; LOCK TABLE ingest_lock');
    let notices = 0;
    const patient = new PostgresWarehouse({ pool: place.pool, waitNotice: 20, onWait: () => notices++ });
    const committing = commitDeliveries(patient, 'run-1', [DELIVERY]);
    await probe.waitForWaiter();
    for await (const _ of new PostgresFactReader({ pool: place.pool }).facts())
      throw new Error('There is no fact yet.');
    expect((await warehouse.committedHashes([DELIVERY.key])).size).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await holder.query('COMMIT');
    holder.release();
    expect((await committing).files[0]!.books.inserted).toBe(2);
    expect(notices).toBe(1);
  });

  test('the second gives up after its time, as an error that may be retried, and has committed nothing', async () => {
    const holder = await place.pool.connect();
    await holder.query('BEGIN; LOCK TABLE ingest_lock');
    const hasty = new PostgresWarehouse({ pool: place.pool, lockTimeout: 100 });
    await expect(commitDeliveries(hasty, 'run-1', [DELIVERY])).rejects.toMatchObject({
      code: 'warehouse.busy',
      retryable: true,
    });
    await holder.query('ROLLBACK');
    holder.release();
    expect(await probe.countAll()).toBe(0);
  });

  test.each([1, 2, 3])('with the same new keys in other files give one row each: round %d', async () => {
    const deliveries = [1, 2, 3, 4].map((n) =>
      buildDelivery({
        key: `${n}.csv`,
        sourceModified: n,
        rows: Array.from({ length: 50 }, (_, i) => ({ transaction_id: `T-${i}`, quantity: n })),
      }),
    );
    const committed = await Promise.all(
      deliveries.map((delivery, i) => commitDeliveries(warehouse, `run-${i}`, [delivery])),
    );
    const inserted = committed.reduce((sum, { files }) => sum + files[0]!.books.inserted, 0);
    expect(inserted).toBe(50);
    expect(await probe.rows('SELECT count(*)::int AS n, min(quantity) AS least FROM fact_transactions')).toEqual([
      { n: 50, least: 4 },
    ]);
  });
});
