import { beforeEach, describe, expect, test } from '@jest/globals';
import { type DeliveredFile, parsePolicy } from '@weir/core';
import { buildDelivery, buildRun, commitDeliveries, stageDeliveries } from '@weir/core/testing';
import { PostgresWarehouse } from '../src/index.ts';
import { openPlace, type PostgresPlace } from './postgres-place.ts';
import { PostgresProbe } from './postgres-probe.ts';
import { CONNECTIONS } from './postgres-warehouse-subject.ts';

const DELIVERY = buildDelivery({ rows: [{}, { transaction_id: 'T-2' }], rejects: [{}] });
const RUN = { policy: parsePolicy(), files: buildRun('', [DELIVERY]).files as readonly DeliveredFile[], examples: 5 };

let place: PostgresPlace;
let probe: PostgresProbe;

beforeEach(async () => {
  place = await openPlace();
  probe = new PostgresProbe(place);
});

describe.each(CONNECTIONS)('a preview (%s)', (_, connections) => {
  let warehouse: PostgresWarehouse;
  beforeEach(() => {
    warehouse = new PostgresWarehouse({ pool: place.pool, ...connections });
  });

  async function preview() {
    const stage = await warehouse.openStage('run-1');
    try {
      await stageDeliveries(stage, [DELIVERY]);
      return await stage.preview(RUN);
    } finally {
      await stage.close();
    }
  }

  test('does not wait for another run', async () => {
    const holder = await place.pool.connect();
    await holder.query('BEGIN; LOCK TABLE ingest_lock');
    expect((await preview()).files[0]!.books.inserted).toBe(2);
    await holder.query('ROLLBACK');
    holder.release();
  });

  test('leaves nothing behind: no row, and no table', async () => {
    const tables = `SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE relkind IN ('r', 'v') AND relname LIKE '%stage%' AND nspname = current_schema()`;
    await preview();
    expect(await probe.countAll()).toBe(0);
    expect(await probe.rows(tables)).toEqual([]);
  });

  test('sees one state of the facts, also where another run commits meanwhile', async () => {
    let statements = 0;
    const meanwhile: Promise<unknown>[] = [];
    const quick = new PostgresWarehouse({ pool: place.pool });
    const slow = new PostgresWarehouse({
      pool: place.pool,
      ...connections,
      onStatement: (name) => {
        if (name === 'leave-out-committed' && statements++ === 0)
          meanwhile.push(commitDeliveries(quick, 'run-quick', [DELIVERY]));
      },
    });
    const stage = await slow.openStage('run-1');
    await stageDeliveries(stage, [DELIVERY]);
    const { files } = await stage.preview(RUN);
    await stage.close();
    await Promise.all(meanwhile);
    expect(files[0]).toMatchObject({ status: 'loaded', books: { inserted: 2, rejected: 1 } });
  });
});
