import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EndToEndDatabase, openEndToEndDatabase } from '@weir/adapters-local/testing';
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
  await folder.write(`landing/${dayFile('day.csv')}`, transactions('day', 3));
});
afterAll(async () => {
  await database.close();
  await folder.remove();
});

const COMMANDS = [
  ['dimensions', 'load', '--products', 'products.csv'],
  ['ingest', '--landing', 'landing', '--archive', 'archive'],
  ['watch', '--landing', 'landing', '--archive', 'archive'],
  ['runs'],
  ['runs', 'show', '2023'],
];

const run = (args: string[], url?: string) =>
  runCommand([...args, ...(url === undefined ? [] : ['--database-url', url]), '--json'], { cwd: folder.path });

function address(change: (url: URL) => void): string {
  const url = new URL(database.connectionString);
  change(url);
  return url.href;
}

async function expectNothingMoved(): Promise<void> {
  expect(await folder.files('landing')).toEqual([dayFile('day.csv')]);
  expect(await folder.files('archive')).toEqual([]);
}

describe.each([...COMMANDS, ['init']].map((args) => [args.slice(0, 2).join(' '), args]))('%s', (_, command) => {
  const args = command as string[];

  it('says within seconds that no database answers, and ends with 1', async () => {
    const ended = await run(args, 'postgres://weir:s3cret@127.0.0.1:1/weir');
    expect(ended.code).toBe(1);
    expect(ended.json().error.code).toBe('warehouse.unreachable');
    expect(ended.stdout + ended.stderr).not.toContain('s3cret');
    await expectNothingMoved();
  });

  it('says that the password is wrong, without showing it, and ends with 1', async () => {
    const ended = await run(
      args,
      address((url) => {
        url.password = 'n0t-the-one';
      }),
    );
    expect(ended.code).toBe(1);
    expect(ended.json().error.code).toBe('warehouse.login-refused');
    expect(ended.stdout + ended.stderr).not.toContain('n0t-the-one');
    await expectNothingMoved();
  });
});

describe.each(COMMANDS.map((args) => [args.slice(0, 2).join(' '), args]))('%s before init', (_, command) => {
  const args = command as string[];

  it('asks for weir init and ends with 1', async () => {
    const ended = await run(args, database.connectionString);
    expect(ended.code).toBe(1);
    expect(ended.json().error).toMatchObject({
      code: 'warehouse.not-initialised',
      remedy: expect.stringContaining('weir init'),
    });
    await expectNothingMoved();
  });

  it('without any database does not make one up', async () => {
    const ended = await run(args);
    expect(ended.code).toBe(1);
    expect(ended.json().error).toMatchObject({
      code: 'warehouse.not-initialised',
      remedy: expect.stringContaining('weir init'),
    });
    expect(await folder.files('.weir')).toEqual([]);
  });
});

it('names a database that does not exist', async () => {
  const ended = await run(
    ['runs'],
    address((url) => {
      url.pathname = '/nowhere';
    }),
  );
  expect(ended.code).toBe(1);
  expect(ended.json().error.code).toBe('warehouse.database-unknown');
});

it('keeps everything in ./.weir/postgres where no database is named, and leaves no server running', async () => {
  const weir = (...args: string[]) => run(args);
  expect((await weir('init')).json()).toMatchObject({ before: 0, after: expect.any(Number) });
  const again = (await weir('init')).json();
  expect(again.before).toBe(again.after);
  expect(await weir('dimensions', 'load', '--products', 'products.csv', '--customers', 'customers.csv')).toMatchObject({
    code: 0,
  });
  const ended = await weir('ingest', '--landing', 'landing', '--archive', 'archive');
  expect(ended.code).toBe(0);
  expect(ended.json()).toMatchObject({
    status: 'succeeded',
    files: [{ key: dayFile('day.csv'), status: 'loaded', contentHash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) }],
    totals: { read: 3, inserted: 3, updated: 0, unchanged: 0, stale: 0, duplicate: 0, rejected: 0 },
    archived: 1,
  });
  expect((await weir('runs')).json().runs).toHaveLength(1);

  const watching = startCommand(['watch', '--landing', 'landing'], { cwd: folder.path });
  await watching.says(/Watching/);
  const isServing = () => existsSync(folder.in('.weir/postgres/data/postmaster.pid'));
  expect(isServing()).toBe(true);
  watching.child.kill('SIGTERM');
  expect(await watching.end).toMatchObject({ code: 0 });
  expect(isServing()).toBe(false);
});
