import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EndToEndDatabase, openEndToEndDatabase } from '@weir/adapters-local/testing';
import { askDatabase } from './support/ask-database.ts';
import { CUSTOMERS, HEADER, PRODUCTS } from './support/csv.ts';
import { runCommand } from './support/run-command.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';

/** The header is line 1. */
const ROWS = [
  'good,C1,P1,2,4.50,2023-03-15,Cash,Completed',
  'late,C9,P1,2,4.50,2023-03-15,Cash,Completed',
  '"doubly\u001b[31m bad",C9,P1,-2,"1,5",2023-03-15,Cash,Completed',
  '=1+1,C1,P1,0,1.00,2023-03-15,Cash,Completed',
  'half,C1',
  'barter,C1,P1,1,1.00,2023-03-15,Barter,Completed',
];
const NAME = 'transactions_2023-03-15.csv';
const FOLDER = 'transactions/year=2023/month=03/day=15';
const PLACES = ['--landing', 'landing', '--archive', 'archive', '--quarantine', 'quarantine'];

let database: EndToEndDatabase;
let folder: TemporaryFolder;

const weir = (...args: string[]) =>
  runCommand(args, { cwd: folder.path, env: { WEIR_DATABASE_URL: database.connectionString } });
const ask = (statement: string) => askDatabase(database.connectionString, statement);

beforeAll(async () => {
  database = await openEndToEndDatabase();
  folder = await openTemporaryFolder();
  await folder.write('products.csv', PRODUCTS);
  await folder.write('customers.csv', CUSTOMERS);
  await folder.write(`landing/${FOLDER}/${NAME}`, `${[HEADER, ...ROWS].join('\n')}\n`);
  await folder.write(
    'landing/transactions/year=2023/month=03/day=16/transactions_2023-03-16.csv',
    `${HEADER}\nlost,C1,P1,1,1.00,2023-03-16,Cash,Lost\n`,
  );
  expect(await weir('init')).toMatchObject({ code: 0 });
  const files = ['--products', 'products.csv', '--customers', 'customers.csv'];
  expect(await weir('dimensions', 'load', ...files)).toMatchObject({ code: 0 });
  const ingested = await weir('ingest', ...PLACES, '--json');
  expect(ingested.json()).toMatchObject({ totals: { read: 7, inserted: 1, rejected: 6 } });
}, 120_000);
afterAll(async () => {
  await database.close();
  await folder.remove();
});

describe('weir rejects list', () => {
  it('shows where rows stand and why, counts by code, and names a command that goes on', async () => {
    const { stdout } = await weir('rejects', 'list');
    expect(stdout).toMatch(/^row +reasons +state +first seen \(UTC\)$/m);
    expect(stdout).toMatch(/^transactions_2023-03-15\.csv:3 +customer-unknown +open +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/m);
    expect(stdout).toMatch(/^transactions_2023-03-15\.csv:4 +quantity-not-positive \+2 /m);
    expect(stdout).toContain('6 open rejected rows, by reason');
    expect(stdout).toMatch(/^ {2}2 {2}customer-unknown$/m);
    const [, place] = /^One of them: weir rejects show (.+)$/m.exec(stdout)!;
    expect((await weir('rejects', 'show', place!)).code).toBe(0);
  });

  it('counts all that fit where it lists only some', async () => {
    const { stdout } = await weir('rejects', 'list', '--limit', '2');
    expect(stdout).toContain('6 open rejected rows');
    expect(stdout).toContain('The first 2 are listed; --limit lists more.');
    expect(stdout.match(/\.csv:\d+ {2}/g)).toHaveLength(2);
  });

  it.each([
    ['a code', ['--code', 'customer-unknown'], [3, 4]],
    ['several codes', ['--code', 'row-field-count', '--code', 'quantity-not-positive'], [4, 5, 6]],
    ['several codes in a row', ['--code', 'row-field-count', 'quantity-not-positive'], [4, 5, 6]],
    ['a file', ['--file', 'transactions_2023-03-16.csv'], [2]],
    ['a line of a file', ['--file', NAME, '--line', '6'], [6]],
    ['days', ['--from', '2023-03-16', '--to', '2023-03-31'], [2]],
    ['an age', ['--older-than', '1h'], []],
    ['an age and more', ['--older-than', '0m', '--line', '6'], [6]],
    ['a state', ['--state', 'resolved'], []],
    ['all states', ['--state', 'all'], [3, 4, 5, 6, 7, 2]],
  ])('finds by %s', async (_, filter, lines) => {
    const document = (await weir('rejects', 'list', ...filter, '--json')).json();
    expect(document.rejects.map(({ line }: { line: number }) => line)).toEqual(lines);
    expect(document.total).toBe(lines.length);
  });

  it('gives them as CSV, with every code', async () => {
    const { stdout } = await weir('rejects', 'list', '--code', 'price-not-a-decimal', '--csv');
    const [heading, row] = stdout.split('\n');
    expect(heading).toBe('file,line,codes,state,firstSeen,lastSeen,sourceDay,contentHash,runId');
    expect(row).toMatch(/15\.csv,4,quantity-not-positive price-not-a-decimal customer-unknown,open,/);
  });

  it('says where nothing fits', async () => {
    expect((await weir('rejects', 'list', '--state', 'dismissed')).stdout).toBe('No dismissed rejected row fits.\n');
  });
});

describe('weir rejects show', () => {
  it('shows record, faults and values, and marks the columns that are wrong', async () => {
    const { stdout, code } = await weir('rejects', 'show', `${NAME}:4`);
    expect(code).toBe(0);
    expect(stdout).toContain(`${FOLDER}/${NAME}:4 open`);
    expect(stdout).toMatch(/^ {2}quantity-not-positive +the quantity is not above 0$/m);
    expect(stdout).toMatch(/^ {2}price-not-a-decimal +the price is not a plain decimal number$/m);
    expect(stdout).toMatch(/^ {2}customer-unknown +the customer id is not in dim_customers$/m);
    expect(stdout).toMatch(/^! quantity +-2$/m);
    expect(stdout).toMatch(/^! price +1,5$/m);
    expect(stdout).toMatch(/^ {2}product_id +P1$/m);
    // A terminal is not steered by what was delivered.
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain('doubly\\u{1b}[31m bad');
  });

  it('gives programs the very values', async () => {
    const { rejects } = (await weir('rejects', 'show', '--file', NAME, '--line', '4', '--json')).json();
    expect(rejects).toHaveLength(1);
    expect(rejects[0]).toMatchObject({
      file: `${FOLDER}/${NAME}`,
      line: 4,
      state: 'open',
      codes: ['quantity-not-positive', 'price-not-a-decimal', 'customer-unknown'],
      values: { transaction_id: 'doubly\u001b[31m bad', quantity: '-2', price: '1,5' },
      record: ROWS[2],
      header: HEADER,
      isTruncated: false,
    });
  });

  it('shows a record that has no columns as it was delivered', async () => {
    const { stdout } = await weir('rejects', 'show', `${NAME}:6`);
    expect(stdout).not.toContain('Values');
    expect(stdout).toMatch(/^Record as delivered\n {2}half,C1$/m);
  });

  it.each([
    ['a line without a reject', [`${NAME}:2`], 1, 'rejects.unknown'],
    ['no place', [], 2, 'usage.missing-argument'],
    ['a file without a line', ['--file', NAME], 2, 'usage.missing-argument'],
    ['a place without a line', [NAME], 2, 'usage.invalid-argument'],
    ['a place twice', [`${NAME}:4`, '--line', '4'], 2, 'usage.invalid-argument'],
  ])('refuses %s', async (_, args, code, error) => {
    const shown = await weir('rejects', 'show', ...args, '--json');
    expect(shown).toMatchObject({ code });
    expect(shown.json().error.code).toBe(error);
  });
});

describe('weir rejects export', () => {
  it('writes rows that are safe to open, and says which cells it changed for that', async () => {
    const { stdout } = await weir('rejects', 'export', '--file', NAME, '--out', 'safe.csv');
    const lines = (await readFile(folder.in('safe.csv'), 'utf8')).split('\n');
    expect(lines[0]).toBe(`${HEADER},faults,source_file,source_line,source_record`);
    expect(lines[3]).toBe(`"'=1+1",C1,P1,0,1.00,2023-03-15,Cash,Completed,quantity-not-positive,${FOLDER}/${NAME},5,`);
    expect(lines[4]).toBe(`,,,,,,,,row-field-count,${FOLDER}/${NAME},6,"half,C1"`);
    expect(lines).toHaveLength(7);
    expect(stdout).toMatch(/^Wrote 5 rejected rows to .*safe\.csv$/m);
    expect(stdout).toContain('1 record could not be told apart into columns');
    expect(stdout).toContain('2 cells that a spreadsheet would run as a formula begin with an apostrophe');
    expect(await folder.has('safe.csv.part')).toBe(false);
  });

  it('writes every value as delivered where that is asked for', async () => {
    const out = ['--out', 'plain.csv', '--verbatim', '--json'];
    const document = (await weir('rejects', 'export', '--file', NAME, ...out)).json();
    expect(document).toMatchObject({ rejects: 5, defusedCells: 0, withoutColumns: 1, out: folder.in('plain.csv') });
    const lines = (await readFile(folder.in('plain.csv'), 'utf8')).split('\n');
    expect(lines[2]).toContain('doubly\u001b[31m bad,C9,P1,-2,"1,5",');
    expect(lines[3]).toMatch(/^=1\+1,/);
  });

  it('names the file that was asked for where its folder is missing', async () => {
    const { code, stderr } = await weir('rejects', 'export', '--out', 'missing/rejects.csv');
    expect(code).toBe(1);
    expect(stderr).toContain(`${folder.in('missing/rejects.csv')}: `);
  });

  it('overwrites nothing, and leaves nothing behind', async () => {
    await folder.write('there.csv', 'mine\n');
    const { code, json } = await weir('rejects', 'export', '--out', 'there.csv', '--json');
    expect([code, json().error.code]).toEqual([1, 'output.exists']);
    expect(await readFile(folder.in('there.csv'), 'utf8')).toBe('mine\n');
    expect(await weir('rejects', 'export', '--out', 'nowhere/out.csv')).toMatchObject({ code: 1 });
    expect(await folder.has('there.csv.part')).toBe(false);
  });
});

describe('wrong options', () => {
  it('of an unknown code are answered with the codes that there are', async () => {
    const { code, stderr } = await weir('rejects', 'list', '--code', 'product-unkown');
    expect(code).toBe(2);
    expect(stderr).toContain('There is no code "product-unkown". The codes are:');
    expect(stderr).toMatch(/^ {2}product-unknown$/m);
  });

  it.each([
    [['list', '--from', '2023-02-30'], 'usage.invalid-argument'],
    [['list', '--older-than', '7 days'], 'usage.invalid-argument'],
    [['list', '--state', 'healed'], 'usage.invalid-argument'],
    [['list', '--line', '0'], 'usage.invalid-argument'],
    [['replay', '--state', 'open'], 'usage.unknown-option'],
    [['export'], 'usage.missing-option'],
    [['dismiss'], 'rejects.no-filter'],
    [['dismiss', '--yes'], 'rejects.no-filter'],
    [['dismiss', '--line', '3'], 'rejects.not-confirmed'],
    [['dismiss', '--code', 'nope'], 'rejects.unknown-code'],
    [[], 'usage.no-command'],
  ])('of weir rejects %j end with 2', async (args, error) => {
    const ended = await weir('rejects', ...args, '--json');
    expect(ended).toMatchObject({ code: 2 });
    expect(ended.json().error.code).toBe(error);
  });
});

// What changes rejects comes last, in this order.
describe('a day of an operator', () => {
  it('loads the customer that was missing: the orphan heals, and its row is told', async () => {
    await folder.write('more.csv', CUSTOMERS.replace(/C1,Ada.*/, 'C9,Grace,Hopper,grace@example.org,Silver'));
    const { stdout } = await weir('dimensions', 'load', '--customers', 'more.csv');
    expect(stdout).toContain('2 rejected rows read again = 1 healed + 1 with other faults\n');
    expect(stdout).toContain('Books: 2 rows read = 1 inserted + 1 rejected\n');
    expect((await weir('rejects', 'show', `${NAME}:3`)).stdout).toContain(`${NAME}:3 resolved`);
    const changed = (await weir('rejects', 'show', `${NAME}:4`, '--json')).json();
    expect(changed.rejects[0].codes).toEqual(['quantity-not-positive', 'price-not-a-decimal']);
  });

  it('replays by the policy in force, and tells what healed and what did not', async () => {
    await folder.write('shop.json', JSON.stringify({ policy: { paymentTypes: ['Cash', 'Barter'] } }));
    const before = await weir('rejects', 'replay', '--file', NAME, '--json');
    expect(before.json()).toMatchObject({ read: 4, healed: 0, changed: 0, unchanged: 4, runs: [] });
    const { stdout } = await weir('rejects', 'replay', '--file', NAME, '--config', 'shop.json');
    expect(stdout).toContain('4 rejected rows read again = 1 healed + 3 as before\n');
    const [, run] = /weir runs show (\S+)/.exec(stdout)!;
    expect((await weir('runs', 'show', run!, '--json')).json().totals).toMatchObject({ read: 1, inserted: 1 });
    expect((await weir('rejects', 'replay', '--line', '99')).stdout).toBe(
      'No open rejected row fits: nothing to read again.\n',
    );
  });

  it('corrects an export and delivers it again', async () => {
    const document = (
      await weir('rejects', 'export', '--file', NAME, '--line', '4', '--out', 'fix.csv', '--json')
    ).json();
    expect(document.rejects).toBe(1);
    const fixed = (await readFile(folder.in('fix.csv'), 'utf8')).replace("'-2", '2').replace('"1,5"', '1.5');
    await folder.write(`landing/${FOLDER}/transactions_2023-03-15.fixed.csv`, fixed);
    const { totals } = (await weir('ingest', ...PLACES, '--json')).json();
    expect(totals).toMatchObject({ read: 1, inserted: 1, rejected: 0 });
  });

  it('dismisses what nobody mends, says how many, and no replay reads it again', async () => {
    const dismissed = await weir('rejects', 'dismiss', '--file', NAME, '--yes');
    expect(dismissed).toMatchObject({ code: 0, stdout: 'Dismissed 3 rejected rows.\n' });
    expect((await weir('rejects', 'dismiss', '--file', NAME, '--yes', '--json')).json()).toEqual({ dismissed: 0 });
    expect((await weir('rejects', 'replay', '--json')).json()).toMatchObject({ read: 1, unchanged: 1 });
    expect(await ask('SELECT state, COUNT(*)::int AS rows FROM ingest_reject GROUP BY state ORDER BY state')).toEqual([
      { state: 'dismissed', rows: 3 },
      { state: 'open', rows: 1 },
      { state: 'resolved', rows: 2 },
    ]);
    expect(await ask('SELECT transaction_id FROM fact_transactions ORDER BY 1')).toHaveLength(4);
  });
});
