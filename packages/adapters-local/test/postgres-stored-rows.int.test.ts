import { beforeEach, describe, expect, test } from '@jest/globals';
import { type FileToCommit, parsePolicy } from '@weir/core';
import { buildDelivery, buildRun, commitDeliveries } from '@weir/core/testing';
import { columnNames, createTemporaryTable, planCommit, STAGE_ROW_TABLE, STAGE_TABLES } from '@weir/warehouse-sql';
import { PostgresWarehouse } from '../src/index.ts';
import { openPlace, type PostgresPlace, runOn } from './postgres-place.ts';
import { PostgresProbe } from './postgres-probe.ts';
import { CONNECTIONS } from './postgres-warehouse-subject.ts';

const DELIVERY = buildDelivery({ rows: [{}, { transaction_id: 'T-2' }], rejects: [{}] });

let place: PostgresPlace;
let probe: PostgresProbe;
let warehouse: PostgresWarehouse;

beforeEach(async () => {
  place = await openPlace();
  probe = new PostgresProbe(place);
  warehouse = new PostgresWarehouse({ pool: place.pool });
});

describe.each(CONNECTIONS)('what is stored (%s)', (_, connections) => {
  beforeEach(() => {
    warehouse = new PostgresWarehouse({ pool: place.pool, ...connections });
  });

  test('keeps when a fact came and when its content changed', async () => {
    const [first, second, third] = [1, 2, 3].map((hour) => Date.UTC(2023, 2, 16, hour, 0, 0, hour));
    const at = (committedAt: number) => ({ committedAt });
    const file = (n: number, quantity: number) =>
      buildDelivery({ key: `${n}.csv`, sourceModified: n, rows: [{ quantity }] });
    const times = () =>
      probe.rows('SELECT first_loaded_at::text AS first, updated_at::text AS updated, run_id FROM fact_transactions');
    await commitDeliveries(warehouse, 'run-1', [file(1, 1)], at(first!));
    expect(await times()).toEqual([
      { first: '2023-03-16 01:00:00.001', updated: '2023-03-16 01:00:00.001', run_id: 'run-1' },
    ]);
    await commitDeliveries(warehouse, 'run-2', [file(2, 5)], at(second!));
    const changed = { first: '2023-03-16 01:00:00.001', updated: '2023-03-16 02:00:00.002' };
    expect(await times()).toEqual([{ ...changed, run_id: 'run-2' }]);
    await commitDeliveries(warehouse, 'run-3', [file(3, 5)], at(third!));
    expect(await times()).toEqual([{ ...changed, run_id: 'run-3' }]);
  });

  test('tells with a decision the row that it was compared with', async () => {
    const old = buildDelivery({ key: 'old.csv', sourceModified: 1, rows: [{ status: 'Pending' }] });
    const next = buildDelivery({
      key: 'new.csv',
      sourceModified: 2,
      rows: [{ status: 'Completed' }, { status: 'Refunded', source_line: 9 }],
    });
    await commitDeliveries(warehouse, 'run-1', [old]);
    await commitDeliveries(warehouse, 'run-2', [next], { committedAt: 86_400_000 });
    const found =
      await probe.rows(`SELECT verdict, decided_by, source_key, source_line::int AS line, status, status_rank AS rank,
      other_source_key, other_source_line::int AS other_line, other_transaction_date::text AS other_date, other_status,
      other_status_rank AS other_rank, other_run_id, decided_at::text FROM ingest_decision ORDER BY source_line DESC`);
    const own = {
      source_key: 'new.csv',
      decided_by: 'status_rank',
      other_date: '2023-03-14',
      decided_at: '1970-01-02 00:00:00',
    };
    expect(found).toEqual([
      {
        ...own,
        verdict: 'updated',
        line: 9,
        status: 'Refunded',
        rank: 5,
        other_source_key: 'old.csv',
        other_line: 2,
        other_status: 'Pending',
        other_rank: 1,
        other_run_id: 'run-1',
      },
      {
        ...own,
        verdict: 'duplicate',
        line: 2,
        status: 'Completed',
        rank: 3,
        other_source_key: 'new.csv',
        other_line: 9,
        other_status: 'Refunded',
        other_rank: 5,
        other_run_id: null,
      },
    ]);
  });

  test('knows a reject again by file, content and line: it keeps when it was seen first', async () => {
    const at = (committedAt: number) => ({ committedAt });
    await commitDeliveries(warehouse, 'run-1', [DELIVERY], at(1000));
    // As a replay would have it: the same delivery once more, after its entry was set back.
    await place.pool.query(`UPDATE ingest_file SET status = 'refused'`);
    await commitDeliveries(warehouse, 'run-2', [DELIVERY], at(2000));
    expect(await probe.rows('SELECT run_id, first_seen::text, last_seen::text, state FROM ingest_reject')).toEqual([
      { run_id: 'run-2', first_seen: '1970-01-01 00:00:01', last_seen: '1970-01-01 00:00:02', state: 'open' },
    ]);
  });

  test('keeps many rejects among many rows, which interrupt each other', async () => {
    const raw_record = 'r'.repeat(40_000);
    const deliveries = [1, 2, 3].map((n) =>
      buildDelivery({
        key: `${n}.csv`,
        rows: Array.from({ length: 500 }, (_, i) => ({ transaction_id: `T-${n}-${i}` })),
        rejects: Array.from({ length: 40 }, () => ({ raw_record })),
      }),
    );
    const { files } = await commitDeliveries(warehouse, 'run-1', deliveries);
    expect(files.map(({ books }) => [books.inserted, books.rejected])).toEqual(Array(3).fill([500, 40]));
    expect(await probe.rows('SELECT count(*)::int AS n, min(length(raw_record)) AS length FROM ingest_reject')).toEqual(
      [{ n: 120, length: 40_000 }],
    );
  });
});

test('keeps a header with NUL out, and the rest of such a file in', async () => {
  const refusal = { code: 'file-not-text', message: 'There is a \0 in it.' } as const;
  await commitDeliveries(warehouse, 'run-1', [buildDelivery({ status: 'refused', refusal, header: 'a\0b' })], {
    warnings: ['w\0', 'x'.repeat(9000)],
  });
  expect(await probe.rows('SELECT header, refusal_message FROM ingest_file')).toEqual([
    { header: '', refusal_message: 'There is a \ufffd in it.' },
  ]);
});

test('is not found at an address from which somebody else moved it, so that nothing else is changed instead', async () => {
  await commitDeliveries(warehouse, 'run-1', [buildDelivery({ key: '1.csv', sourceModified: 1, rows: [{}] })]);
  const client = await place.pool.connect();
  for (const table of STAGE_TABLES) await client.query(createTemporaryTable(table, 'postgres').text);
  await client.query(
    `INSERT INTO stage_file SELECT 1, 'k', 'h', 'loaded', '', '', 1, '2024-01-01', '2024-01-01', '', 0, 1, 0, '{}', 0`,
  );
  const columns = columnNames(STAGE_ROW_TABLE).slice(2).join(', ');
  await client.query(`INSERT INTO stage_row SELECT 1, 2, ${columns} FROM fact_transactions`);
  await client.query('UPDATE stage_row SET quantity = quantity + 1');
  await client.query('BEGIN');
  const { decide, change } = planCommit({ ...buildRun('run-2', []), policy: parsePolicy() }, 'postgres');
  for (const { text } of decide) await client.query(text);
  await place.pool.query('UPDATE fact_transactions SET membership_level = membership_level');
  const merge = change.find(({ name }) => name === 'merge-facts')!;
  const { rowCount } = await client.query({ text: merge.text, values: merge.parameters.map(({ value }) => value) });
  expect((await client.query(`SELECT verdict FROM stage_verdict`)).rows).toEqual([{ verdict: 'updated' }]);
  expect(rowCount).toBe(0);
  await client.query('ROLLBACK');
  client.release(true);
});

test('takes hostile names of statuses for names', async () => {
  const statuses = ['Pending', "'; DROP TABLE x; --", "\\' OR 1=1"];
  const policy = { statuses, terminalStatuses: statuses.slice(1) };
  const rowsOf = (status: string): Partial<FileToCommit> & { rows: { status: string; status_rank: number }[] } => ({
    rows: [{ status, status_rank: 1 }],
  });
  expect(parsePolicy(policy).terminalStatuses).toHaveLength(2);
  await commitDeliveries(warehouse, 'run-1', [buildDelivery({ ...rowsOf(statuses[2]!), sourceModified: 1 })], {
    policy,
  });
  const { files } = await commitDeliveries(
    warehouse,
    'run-2',
    [buildDelivery({ ...rowsOf('Pending'), key: 'b.csv', sourceModified: 2 })],
    { policy },
  );
  expect(files[0]!.books.stale).toBe(1);
});

test('works with the tables of the connection, wherever they lie', async () => {
  const { rows: found } = await runOn(place.connectionString, 'SHOW search_path');
  expect(found[0].search_path).toContain('weir place');
});
