import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeStagedLines } from '@weir/core';
import { runCommand } from './support/run-command.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';

const HEADER = 'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status\n';
const PRODUCTS = 'product_id,product_name,category,price,supplier_id\nP-1,"Kettle, 2 l",Kitchen,21.50,S-1\n';
const CUSTOMERS =
  'customer_id,first_name,last_name,email,membership_level\nC-1,Ada,Canary,ada.canary@example.com,Gold\n';
const GOOD = 'T-1,C-1,P-1,2,60.00,2023-03-15,paypal,completed\n';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await openTemporaryFolder();
  await put('products.csv', PRODUCTS);
  await put('customers.csv', CUSTOMERS);
});
afterEach(() => folder.remove());

async function put(path: string, text: string): Promise<string> {
  await mkdir(dirname(join(folder.path, path)), { recursive: true });
  await writeFile(join(folder.path, path), text);
  return path;
}

const transform = (file: string, ...more: string[]) =>
  runCommand(
    ['transform', file, '--products', 'products.csv', '--customers', 'customers.csv', '--out', 'out', ...more],
    {
      cwd: folder.path,
    },
  );

const read = async (name: string) => decodeStagedLines(await readFile(join(folder.path, 'out', name)));

describe('weir transform', () => {
  it('writes what a run would load, and rejects with all their faults', async () => {
    const file = await put('transactions.csv', `${HEADER}${GOOD}T-2,nobody,P-1,0,1.00,2023-03-15,Cash,Pending\n`);
    const { code, stdout } = await transform(file);
    expect(code).toBe(0);
    expect(stdout).toContain('2 rows read');
    expect(await read('rows.tsv')).toEqual([
      [
        '1',
        '2',
        'T-1',
        'C-1',
        'P-1',
        '2',
        '60.00',
        '2023-03-15',
        'PayPal',
        'Completed',
        '3',
        '120.00',
        'Medium',
      ].concat([...['Kettle, 2 l', 'Kitchen', 'S-1', '21.50', 'Gold']]),
    ]);
    const [reject] = await read('rejects.tsv');
    expect(reject!.slice(0, 3)).toEqual(['1', '3', 'T-2,nobody,P-1,0,1.00,2023-03-15,Cash,Pending']);
    expect(JSON.parse(reject![5]!).map(({ code }: { code: string }) => code)).toEqual([
      'quantity-not-positive',
      'customer-unknown',
    ]);
  });

  it('takes the day of the file from its hive path', async () => {
    const file = await put('landing/transactions/year=2023/month=03/day=10/t.csv', HEADER + GOOD);
    const { stdout } = await transform(file, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      key: 'year=2023/month=03/day=10/t.csv',
      sourceDay: '2023-03-10',
      read: 1,
      accepted: 0,
      rejectsByCode: { 'date-after-file-day': 1 },
    });
  });

  it('writes the same whatever the threads', async () => {
    const rows = Array.from({ length: 350_000 }, (_, i) =>
      GOOD.replace('T-1', `T-${i}`).replace('60', String(i % 900)),
    );
    const file = await put('transactions.csv', HEADER + rows.join(''));
    await transform(file, '--threads', '1', '--out', 'one');
    await transform(file, '--threads', '3', '--out', 'three');
    const [one, three] = await Promise.all(
      ['one', 'three'].map((name) => readFile(join(folder.path, name, 'rows.tsv'), 'utf8')),
    );
    expect(one!.split('\n')).toHaveLength(350_001);
    expect(three).toBe(one);
  });

  it.each([
    ['a file that is not there', 'nothing.csv', 1, 'transform.not-found'],
    ['a file without the columns', 'products.csv', 3, 'header-missing-column'],
  ])('tells %s, and leaves no file behind', async (_, file, exitCode, error) => {
    const { code, stdout } = await transform(file, '--json');
    expect(code).toBe(exitCode);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: error } });
    expect(await readdir(join(folder.path, 'out')).catch(() => [])).toEqual([]);
  });

  it('overwrites nothing', async () => {
    const file = await put('transactions.csv', HEADER + GOOD);
    await put('out/rows.tsv', 'mine');
    const { code, stdout } = await transform(file, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'output.exists' } });
    expect(await readFile(join(folder.path, 'out', 'rows.tsv'), 'utf8')).toBe('mine');
  });

  it('shows no name and no address of a customer', async () => {
    await put('customers.csv', `${CUSTOMERS}C-2,Ada,Canary,ada.canary@example.com\n`);
    const file = await put('transactions.csv', HEADER + GOOD);
    const { code, stdout, stderr } = await transform(file);
    expect(code).toBe(1);
    expect(stdout + stderr).toContain('line 3');
    expect(stdout + stderr).not.toMatch(/canary/i);
  });
});
