import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dayFile, HEADER } from './support/csv.ts';
import { openReadyShop, type Shop } from './support/shop.ts';

const FIRST = dayFile('1-first.csv');
const SECOND = dayFile('2-second.csv');
const file = (...rows: string[]) => [HEADER, ...rows, ''].join('\n');

let shop: Shop;
const weir = (...args: string[]) => shop.weir(...args);
const plan = (...args: string[]) => weir('plan', '--landing', 'landing', ...args);

beforeAll(async () => {
  shop = await openReadyShop();
  await shop.folder.write(
    `landing/${FIRST}`,
    file('T-1,C1,P1,2,4.50,2023-03-14,Cash,Pending', 'T-2,C1,P1,2,4.50,2023-03-15,Cash,Completed'),
  );
}, 60_000);
afterAll(() => shop.close());

describe('weir plan', () => {
  it('of a folder in which nothing waits says so', async () => {
    await shop.folder.write('empty/.keep', '');
    const { code, stdout } = await weir('plan', '--landing', 'empty');
    expect(code).toBe(0);
    expect(stdout).toContain('A run would do nothing: no file in ');
  });

  it('tells the verdicts of files, and does nothing', async () => {
    const { code, stdout } = await plan();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^A run would do this with 2 rows of 1 file\. Nothing was written/);
    expect(stdout).toMatch(/1-first\.csv +loaded +2 +2 +0/);
    expect(await tables()).toEqual({ facts: '0', runs: '0', files: '0', rejects: '0', decisions: '0' });
    expect(await shop.folder.files('landing')).toEqual([FIRST]);
  });

  it('tells what would be changed and rejected, and then it is', async () => {
    expect((await weir('ingest', '--landing', 'landing')).code).toBe(0);
    await shop.folder.write(
      `landing/${SECOND}`,
      file(
        'T-1,C1,P1,3,4.50,2023-03-15,Cash,Completed',
        'T-2,C1,P1,2,4.50,2023-03-15,Cash,Completed',
        'T-3,C1,P9,0,4.50,2023-03-15,Cash,Completed',
        'T-4,C1,P1,1,4.50,2023-03-15,Cash,Pending',
      ),
    );
    const before = await tables();
    const told = (await plan()).stdout;
    expect(told).toMatch(/1-first\.csv +already-loaded/);
    expect(told).toMatch(/2-second\.csv +loaded +4 +1 +1 +1 +1/);
    expect(told).toContain(`  ${SECOND}\n    line 4: quantity-not-positive, product-unknown`);
    expect(told).toContain(
      `  ${SECOND}\n    line 2, transaction T-1\n      quantity: 2 -> 3\n      transaction_date: 2023-03-14 -> 2023-03-15\n` +
        '      status: Pending -> Completed\n      total_amount: 9.00 -> 13.50\n',
    );
    const planned = (await plan('--json', '--examples', '1')).json();
    const csv = (await plan('--csv')).stdout;
    expect(await tables()).toEqual(before);

    const loaded = (await weir('ingest', '--landing', 'landing', '--json')).json();
    expect(planned.totals).toEqual(loaded.totals);
    expect(planned.status).toBe(loaded.status);
    expect(planned.files[1]).toEqual({
      ...planned.files[1],
      rejects: [{ line: 4, codes: ['quantity-not-positive', 'product-unknown'] }],
      changes: [{ line: 2, transactionId: 'T-1', columns: expect.any(Array) }],
    });
    for (const [i, entry] of planned.files.entries()) {
      const { rejects: _, changes: __, ...books } = entry;
      expect(books).toEqual({ ...books, ...withoutPlace(loaded.files[i]) });
    }
    expect(csv.split('\n')[0]).toBe(
      'key,status,contentHash,read,inserted,updated,unchanged,stale,duplicate,rejected,problem',
    );
    expect(csv).toMatch(/2-second\.csv,loaded,sha256:\w+,4,1,1,1,0,0,1,\n/);
    expect((await plan()).stdout).toMatch(/^A run would do nothing: no new file among 2 files in /);
  }, 60_000);

  it('ends with 3 where a file would be refused or, if asked for, a row rejected', async () => {
    await shop.folder.write('bad/refused.csv', 'a,b\n');
    const refused = await weir('plan', '--landing', 'bad');
    expect(refused.code).toBe(3);
    expect(refused.stdout).toContain('1 file refused: no row would be loaded');
    expect(refused.stdout).toContain('header-missing-column');
    await shop.folder.write('rejected/a.csv', file('T-9,C1,P1,0,4.50,2023-03-15,Cash,Pending'));
    expect((await weir('plan', '--landing', 'rejected')).code).toBe(0);
    expect((await weir('plan', '--landing', 'rejected', '--fail-on-rejects')).code).toBe(3);
  });

  it('wants a landing folder that is there', async () => {
    expect((await weir('plan')).code).toBe(2);
    const { code, stderr } = await weir('plan', '--landing', 'nowhere');
    expect(code).toBe(1);
    expect(stderr).toContain('code: landing.not-found');
  });
});

async function tables(): Promise<unknown> {
  const counts = Object.entries({
    facts: 'fact_transactions',
    runs: 'ingest_run',
    files: 'ingest_file',
    rejects: 'ingest_reject',
    decisions: 'ingest_decision',
  }).map(([name, table]) => `(SELECT COUNT(*) FROM ${table}) AS ${name}`);
  const [row] = await shop.ask(`SELECT ${counts.join(', ')}`);
  return row;
}

function withoutPlace({ takenTo: _, ...books }: { readonly takenTo: unknown }): object {
  return books;
}
