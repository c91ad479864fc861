import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openPostgresPool, PostgresSchema, SystemClock } from '@weir/adapters-local';
import { openTestDatabase, type TestDatabase } from '@weir/adapters-local/testing';
import type { Pool } from 'pg';
import { consumeTransactions, type Message } from './consume-transactions.ts';

const GOOD = {
  transaction_id: 'T-1',
  customer_id: 'C-1',
  product_id: 'P-1',
  quantity: 1,
  price: '19.99',
  transaction_date: '2023-03-15',
  payment_type: 'Cash',
  status: 'Pending',
};

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await openTestDatabase();
  pool = openPostgresPool({ connectionString: database.connectionString });
  await new PostgresSchema({ pool, clock: new SystemClock() }).upgrade();
  await pool.query(`INSERT INTO dim_products VALUES ('P-1', 'Kettle', 'Kitchen', 21.5, 'S-1')`);
  await pool.query(`INSERT INTO dim_customers VALUES ('C-1', 'A', 'B', 'a@example.com', 'Gold')`);
});
afterAll(async () => {
  await pool?.end();
  await database?.close();
});
beforeEach(() => pool.query('TRUNCATE fact_transactions'));

function message(offset: number, values: Record<string, unknown> = {}): Message {
  return {
    transaction: { ...GOOD, ...values },
    topic: 'sales-0',
    offset,
    writtenAt: Date.UTC(2023, 2, 15, 9) + offset,
  };
}

async function readTable(): Promise<string> {
  const { rows } = await pool.query('SELECT * FROM fact_transactions ORDER BY transaction_id');
  return JSON.stringify(rows.map(({ first_loaded_at: _, updated_at: __, ...fact }) => fact));
}

const STREAM = [
  message(1),
  message(2, { status: 'Completed' }),
  message(3, { status: 'Completed' }),
  message(4, { quantity: 2, transaction_date: '2023-03-14' }),
];

test('stores what wins, and tells what became of each message', async () => {
  const outcomes = await consumeTransactions(pool, [
    ...STREAM,
    message(5, { price: '-1' }),
    message(6, { product_id: 'P' }),
  ]);
  expect(outcomes).toMatchObject([
    { kind: 'inserted' },
    { kind: 'updated' },
    { kind: 'unchanged' },
    { kind: 'stale' },
    { kind: 'rejected', faults: [{ code: 'price-negative' }] },
    { kind: 'rejected', faults: [{ code: 'product-unknown' }] },
  ]);
  expect((await pool.query('SELECT status, total_amount, source_line FROM fact_transactions')).rows).toEqual([
    { status: 'Completed', total_amount: '19.99', source_line: '3' },
  ]);
});

test('leaves the same table in every order, in one batch or in many, and when all comes again', async () => {
  await consumeTransactions(pool, STREAM);
  const expected = await readTable();
  for (const order of permutations(STREAM)) {
    await pool.query('TRUNCATE fact_transactions');
    for (const one of order) await consumeTransactions(pool, [one]);
    expect(await readTable()).toBe(expected);
  }
  const again = await consumeTransactions(pool, STREAM);
  expect(again.map(({ kind }) => kind)).toEqual(['stale', 'stale', 'unchanged', 'stale']);
  expect(await readTable()).toBe(expected);
});

test('leaves the same table where two consumers meet', async () => {
  await consumeTransactions(pool, STREAM);
  const expected = await readTable();
  await pool.query('TRUNCATE fact_transactions');
  await Promise.all(STREAM.map((one) => consumeTransactions(pool, [one])));
  expect(await readTable()).toBe(expected);
});

test('leaves nothing of a batch that fails', async () => {
  const tooLong = message(2, { transaction_id: 'T-2' });
  await expect(consumeTransactions(pool, [message(1), { ...tooLong, offset: 2 ** 70 }])).rejects.toThrow();
  expect(await readTable()).toBe('[]');
});

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}
