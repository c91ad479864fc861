import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CUSTOMERS, HEADER } from './support/csv.ts';
import { openShop, type Shop } from './support/shop.ts';

const FIRST_DAY = [
  'late,C9,P1,2,4.50,2023-03-10,Cash,Completed',
  'moved-on,C9,P1,1,1.00,2023-03-10,Cash,Pending',
  'doubly-bad,C9,P1,none,1.00,2023-03-10,Cash,Pending',
  'still-unknown,C8,P1,1,1.00,2023-03-10,Cash,Pending',
];
const NEXT_DAY = ['moved-on,C1,P1,1,1.00,2023-03-12,Cash,Completed'];

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  await shop.folder.write(
    'more-customers.csv',
    CUSTOMERS.replace(/C1,Ada.*/, 'C9,Grace,Hopper,grace@example.org,Silver'),
  );
  await land(15, FIRST_DAY);
  await land(16, NEXT_DAY);
  expect(await weir('init')).toMatchObject({ code: 0 });
  const files = ['--products', 'products.csv', '--customers', 'customers.csv'];
  expect((await weir('dimensions', 'load', ...files, '--json')).json()).toMatchObject({
    rejects: { read: 0, runs: [] },
  });
  const places = ['--landing', 'landing', '--archive', 'archive', '--quarantine', 'quarantine'];
  expect((await weir('ingest', ...places, '--json')).json()).toMatchObject({
    totals: { read: 5, inserted: 1, rejected: 4 },
  });
});
afterAll(() => shop.close());

const weir = (...args: string[]) => shop.weir(...args);
const land = (day: number, rows: readonly string[]) =>
  shop.folder.write(
    `landing/transactions/year=2023/month=03/day=${day}/transactions_2023-03-${day}.csv`,
    `${[HEADER, ...rows].join('\n')}\n`,
  );
const ask = (statement: string) => shop.ask(statement);

it('rejects heal when their customer is loaded, and an old row that heals does not overwrite a newer one', async () => {
  const loaded = await weir('dimensions', 'load', '--customers', 'more-customers.csv', '--json');
  const { rejects } = loaded.json() as { rejects: { runs: string[] } };
  expect(rejects).toMatchObject({ read: 4, healed: 2, changed: 1, unchanged: 1, unreadable: 0 });
  expect(await ask('SELECT transaction_id, customer_id, status FROM fact_transactions ORDER BY 1')).toEqual([
    { transaction_id: 'late', customer_id: 'C9', status: 'Completed' },
    { transaction_id: 'moved-on', customer_id: 'C1', status: 'Completed' },
  ]);
  expect(await ask('SELECT source_line AS line, state FROM ingest_reject ORDER BY source_line')).toEqual(
    ['resolved', 'resolved', 'open', 'open'].map((state) => ({ line: expect.anything(), state })),
  );
  expect(await weir('runs', 'show', rejects.runs[0]!, '--json').then((shown) => shown.json())).toMatchObject({
    status: 'succeeded-with-rejects',
    totals: { read: 3, inserted: 1, stale: 1, rejected: 1 },
    files: [{ status: 'replayed' }],
  });
});

it('loading the same again heals nothing more, and says what is still without its customer', async () => {
  const { stdout } = await weir('dimensions', 'load', '--customers', 'more-customers.csv');
  expect(stdout).toContain('1 rejected row read again = 1 as before');
});
