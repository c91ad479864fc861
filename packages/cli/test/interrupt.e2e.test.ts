import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EndToEndDatabase, openEndToEndDatabase } from '@weir/adapters-local/testing';
import { askDatabase, openSession } from './support/ask-database.ts';
import { CUSTOMERS, dayFile, PRODUCTS, transactions } from './support/csv.ts';
import { runCommand, startCommand } from './support/run-command.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';

let database: EndToEndDatabase;
let folder: TemporaryFolder;
beforeAll(async () => {
  database = await openEndToEndDatabase();
  folder = await openTemporaryFolder();
  await folder.write('products.csv', PRODUCTS);
  await folder.write('customers.csv', CUSTOMERS);
  await weir('init');
  await weir('dimensions', 'load', '--products', 'products.csv', '--customers', 'customers.csv');
});
afterAll(async () => {
  await database.close();
  await folder.remove();
});

const setting = () => ({ cwd: folder.path, env: { WEIR_DATABASE_URL: database.connectionString } });
const weir = (...args: string[]) => runCommand(args, setting());
const ingest = (landing: string) =>
  startCommand(['ingest', '--landing', landing, '--archive', 'archive', '--json'], setting());
const count = async (table: string) =>
  ((await askDatabase(database.connectionString, `SELECT count(*)::int AS n FROM ${table}`)) as { n: number }[])[0]!.n;

describe('interrupted before the commit', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s, ingest loads nothing, leaves the files and ends with %i', async (signal, code) => {
    await folder.write(`slow/${dayFile('large.csv')}`, transactions('large', 600_000));
    const command = ingest('slow');
    await command.says(/Joining with/);
    command.child.kill(signal);
    const ended = await command.end;
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain('Stopping ...');
    expect(ended.json().error).toMatchObject({
      code: 'interrupted',
      message: expect.stringContaining('Nothing was loaded, and every file is where it was.'),
    });
    expect(await folder.files('slow')).toEqual([dayFile('large.csv')]);
    expect(await count('fact_transactions')).toBe(0);
    expect(await count('ingest_run')).toBe(0);
  });
});

describe('interrupted during the commit', () => {
  /** Keeps the commit waiting as another writer would. */
  async function holdCommit() {
    const session = await openSession(database.connectionString);
    await session.query('BEGIN');
    await session.query('LOCK TABLE fact_transactions IN ACCESS EXCLUSIVE MODE');
    return session;
  }

  it('ends at once at the second Ctrl-C, with nothing loaded', async () => {
    await folder.write(`killed/${dayFile('killed.csv')}`, transactions('killed', 5));
    const session = await holdCommit();
    const command = ingest('killed');
    await command.says(/Committing/);
    command.child.kill('SIGINT');
    await command.says(/seen to its end/);
    await sleep(400);
    command.child.kill('SIGINT');
    expect((await command.end).code).toBe(130);
    await session.end();
    expect(await folder.files('killed')).toEqual([dayFile('killed.csv')]);
    expect(await count('fact_transactions')).toBe(0);
  });

  it('sees the commit to its end and tells the result', async () => {
    await folder.write(`seen/${dayFile('seen.csv')}`, transactions('seen', 5));
    const session = await holdCommit();
    const command = ingest('seen');
    await command.says(/Committing/);
    command.child.kill('SIGINT');
    await command.says(/seen to its end/);
    await session.end();
    const ended = await command.end;
    expect(ended.code).toBe(0);
    expect(ended.json()).toMatchObject({ status: 'succeeded', totals: { inserted: 5 }, archived: 1 });
    expect(await count("fact_transactions WHERE transaction_id LIKE 'seen-%'")).toBe(5);
  });
});

it('interrupted while generating leaves no half file, and ends with 130', async () => {
  const command = startCommand(['generate', '--out', 'made', '--days', '60', '--rows', '200000'], setting());
  await sleep(1500);
  command.child.kill('SIGINT');
  const ended = await command.end;
  expect(ended.code).toBe(130);
  expect(await folder.files('made')).not.toContainEqual(expect.stringContaining('.part'));
  expect(await folder.files('made')).not.toContain('expected.json');
});
