import { beforeEach, describe, expect, test } from '@jest/globals';
import { buildDelivery, commitDeliveries } from '@weir/core/testing';
import { checkCounts, createTemporaryTable, STAGE_TABLES } from '@weir/warehouse-sql';
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

describe.each(CONNECTIONS)('the books of a commit (%s)', (_, connections) => {
  beforeEach(() => {
    warehouse = new PostgresWarehouse({ pool: place.pool, ...connections });
  });

  test.each([
    ['inserts', 'BEFORE INSERT ON fact_transactions', 'RETURN NULL'],
    ['updates', 'BEFORE UPDATE ON fact_transactions', 'RETURN NULL'],
    ['check-books', 'BEFORE INSERT ON ingest_file', 'NEW.stale := NEW.stale + 1; RETURN NEW'],
  ])('are open where something gets in between (%s), and then nothing is committed', async (_, event, body) => {
    await commitDeliveries(warehouse, 'run-0', [buildDelivery({ key: 'first.csv', sourceModified: 1, rows: [{}] })]);
    const before = await probe.countAll();
    await place.pool.query(`
      CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body}; END $$;
      CREATE TRIGGER spoil ${event} FOR EACH ROW EXECUTE FUNCTION spoil()`);
    const next = buildDelivery({ rows: [{ quantity: 9 }, { transaction_id: 'T-2' }] });
    await expect(commitDeliveries(warehouse, 'run-1', [next])).rejects.toMatchObject({
      code: 'warehouse.books-open',
      retryable: false,
    });
    expect(await probe.countAll()).toBe(before);
  });

  test('are open where a version does not move', async () => {
    const same = (sourceModified: number) =>
      buildDelivery({ key: `${sourceModified}.csv`, sourceModified, rows: [{}] });
    await commitDeliveries(warehouse, 'run-0', [same(1)]);
    await place.pool.query(`
      CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
      CREATE TRIGGER spoil BEFORE UPDATE ON fact_transactions FOR EACH ROW EXECUTE FUNCTION spoil()`);
    await expect(commitDeliveries(warehouse, 'run-1', [same(2)])).rejects.toMatchObject({
      code: 'warehouse.books-open',
      context: { changes: 1, changed: 0 },
    });
  });

  test('fail on wrong counts in SQL alone, as they must on Redshift', async () => {
    const client = await place.pool.connect();
    for (const table of STAGE_TABLES) await client.query(createTemporaryTable(table, 'postgres').text);
    await client.query(
      `INSERT INTO stage_file SELECT 1, 'k', 'h', 'loaded', '', '', 1, '2023-03-15', '2023-03-15', '', 0, 1, 0, '{}', 0`,
    );
    await expect(client.query(checkCounts().text)).rejects.toMatchObject({ code: '23502', column: 'counts_match' });
    await client.query('UPDATE stage_file SET read = 0');
    await client.query(checkCounts().text);
    client.release(true);
  });

  test('name the file, its counts and the difference', async () => {
    const wrong = { ...DELIVERY, read: 7 };
    await expect(commitDeliveries(warehouse, 'run-1', [wrong])).rejects.toMatchObject({
      code: 'warehouse.count-mismatch',
      message: expect.stringContaining(`2 rows and 1 rejects of ${DELIVERY.key}, but 7 rows were read and 1 rejected`),
      context: { key: DELIVERY.key, files: 1, read: 7, rejected: 1, stagedRows: 2, stagedRejects: 1 },
    });
    expect(await probe.countAll()).toBe(0);
  });

  test('do not accept an empty file that counted rows', async () => {
    const empty = buildDelivery({ status: 'empty', read: 1 });
    await expect(commitDeliveries(warehouse, 'run-1', [empty])).rejects.toMatchObject({
      code: 'warehouse.count-mismatch',
    });
  });
});
