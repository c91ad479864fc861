import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CUSTOMERS, dayFile, HEADER, PRODUCTS, transactions } from './support/csv.ts';
import { runCommand } from './support/run-command.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';

const BAD = [
  HEADER,
  'T-1,C1,P1,2,4.50,2023-03-15,Cash,Completed',
  'T-2,C9,P9,=1+1,4.505,2023-03-15,Cash,Completed',
  'T-3,C1,P1,0,4.50,2023-03-15,"Ca\u001b[31msh",Completed',
  '',
].join('\n');

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await openTemporaryFolder();
});
afterEach(() => folder.remove());

const validate = (...args: string[]) => runCommand(['validate', ...args], { cwd: folder.path });

describe('weir validate', () => {
  it('ends with 0 and writes nothing where all is well, gzipped or not', async () => {
    await folder.write('good.csv', transactions('T', 3));
    await folder.write('packed.csv.gz', gzipSync(transactions('U', 2)));
    const { code, stdout } = await validate('good.csv', 'packed.csv.gz');
    expect(code).toBe(0);
    expect(stdout).toContain('good.csv: 3 rows, no fault');
    expect(stdout).toContain('packed.csv.gz: 2 rows, no fault');
    expect(stdout).toContain('Not looked for without --products and --customers: product-unknown, customer-unknown');
    expect((await folder.files('.')).sort()).toEqual(['good.csv', 'packed.csv.gz']);
  });

  it('tells every fault with line, column, value and rule, and ends with 3', async () => {
    await folder.write('bad.csv', BAD);
    const { code, stdout } = await validate('bad.csv');
    expect(code).toBe(3);
    expect(stdout).toContain('bad.csv: 2 rows of 3 with 4 faults');
    expect(stdout).toMatch(/^ *3 +quantity +=1\+1 +quantity-not-an-integer +the quantity is not a whole number/m);
    expect(stdout).toMatch(/^ *4 +quantity +0 +quantity-not-positive/m);
  });

  it('shows no value that steers the terminal', async () => {
    await folder.write('bad.csv', BAD);
    for (const format of [[], ['--json'], ['--csv']]) {
      const { stdout } = await validate('bad.csv', ...format);
      expect(stdout).toContain('payment-type-unknown');
      expect(stdout).not.toContain('\u001b');
    }
  });

  it('looks up ids in the dimension files that are given', async () => {
    await folder.write('bad.csv', BAD);
    await folder.write('products.csv', PRODUCTS);
    await folder.write('customers.csv', CUSTOMERS);
    const both = await validate('bad.csv', '--products', 'products.csv', '--customers', 'customers.csv', '--json');
    expect(both.json()).toMatchObject({
      files: [{ faultsByCode: { 'product-unknown': 1, 'customer-unknown': 1 } }],
      notLookedFor: [],
    });
    const one = await validate('bad.csv', '--products', 'products.csv', '--json');
    expect(one.json().files[0].faultsByCode['customer-unknown']).toBeUndefined();
    expect(one.json().notLookedFor).toEqual(['customer-unknown']);
  });

  it('takes the day from the hive path, and the policy from --config', async () => {
    const file = dayFile('a.csv');
    await folder.write(`landing/${file}`, `${HEADER}\nT-1,C1,P1,2,4.50,2023-03-18,Cheque,Completed\n`);
    await folder.write('policy.json', '{"policy": {"paymentTypes": ["Cheque"]}}');
    const { json } = await validate(`landing/${file}`, '--config', 'policy.json', '--json');
    expect(json()).toMatchObject({
      files: [{ sourceDay: '2023-03-15', faults: [{ line: 2, value: '2023-03-18', code: 'date-after-file-day' }] }],
    });
  });

  it('tells the first faults of a large file, and counts all', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `T-${i},C1,P1,0,4.50,2023-03-15,Cash,Odd`);
    await folder.write('large.csv', [HEADER, ...rows, ''].join('\n'));
    const { stdout } = await validate('large.csv', '--limit', '4');
    expect(stdout.match(/^ *\d+ +(quantity|status) /gm)).toHaveLength(4);
    expect(stdout).toContain('... and 9,996 more faults');
    expect(stdout).toMatch(/5,000 {2}status-unknown/);
    const { json } = await validate('large.csv', '--json');
    expect(json().files[0]).toMatchObject({ faultsLeftOut: 9000, faultsByCode: { 'status-unknown': 5000 } });
    expect(json().files[0].faults).toHaveLength(1000);
  });

  it('gives all faults as CSV, with no cell that a spreadsheet calculates', async () => {
    await folder.write('bad.csv', BAD);
    const { code, stdout } = await validate('bad.csv', '--csv');
    expect(code).toBe(3);
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      'file,line,column,value,code,message',
      `bad.csv,3,quantity,"'=1+1",quantity-not-an-integer,the quantity is not a whole number`,
      'bad.csv,3,price,4.505,price-too-many-decimals,the price has more than 2 digits after the point',
    ]);
    const rows = Array.from({ length: 3000 }, (_, i) => `T-${i},C1,P1,0,4.50,2023-03-15,Cash,Pending`);
    await folder.write('large.csv', [HEADER, ...rows, ''].join('\n'));
    expect((await validate('large.csv', '--csv')).stdout.trimEnd().split('\n')).toHaveLength(3001);
  });

  it('goes on behind a file that would be refused or is not there', async () => {
    await folder.write('bad.csv', 'a,b\n');
    await folder.write('empty.csv', '');
    const refused = await validate('bad.csv', 'empty.csv');
    expect(refused.code).toBe(3);
    expect(refused.stdout).toContain('bad.csv: it would be refused\n  header-missing-column: ');
    expect(refused.stdout).toContain('empty.csv: no rows');
    const missing = await validate('nowhere.csv', 'no/such/folder.csv', 'bad.csv');
    expect(missing.code).toBe(1);
    expect(missing.stderr).toMatch(/error: There is no file nowhere\.csv\.\n {2}next: Correct the path\./);
    expect(missing.stdout).toContain('bad.csv: it would be refused');
    expect((await validate('nowhere.csv')).stdout).toBe('');
    expect((await validate('.')).stderr).toContain('error: . is a folder.\n  next: Name the files in it.');
    const { code, json } = await validate('nowhere.csv', 'bad.csv', '--json');
    expect(code).toBe(1);
    expect(json().files).toMatchObject([
      { file: 'nowhere.csv', status: 'failed', problem: { code: 'validate.not-found' } },
      { file: 'bad.csv', status: 'refused', problem: { code: 'header-missing-column' } },
    ]);
    expect((await validate('bad.csv', '--csv')).stdout).toMatch(/\nbad\.csv,,,,header-missing-column,/);
  });

  it('wants a file', async () => {
    const { code, stderr } = await validate();
    expect(code).toBe(2);
    expect(stderr).toContain('See weir validate --help.');
  });
});
