import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSession } from './support/ask-database.ts';
import { dayFile, transactions } from './support/csv.ts';
import { startCommand } from './support/run-command.ts';
import { openReadyShop, type Shop } from './support/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openReadyShop();
});
afterAll(() => shop.close());

const ingest = (landing: string) =>
  startCommand(['ingest', '--landing', landing, '--archive', 'archive', '--json'], shop.setting);
const count = async (table: string) =>
  ((await shop.ask(`SELECT count(*)::int AS n FROM ${table}`)) as { n: number }[])[0]!.n;

describe('interrupted before the commit', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s, ingest loads nothing, leaves the files and ends with %i', async (signal, code) => {
    await shop.folder.write(`slow/${dayFile('large.csv')}`, transactions('large', 600_000));
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
    expect(await shop.folder.files('slow')).toEqual([dayFile('large.csv')]);
    expect(await count('fact_transactions')).toBe(0);
    expect(await count('ingest_run')).toBe(0);
  });
});

describe('interrupted during the commit', () => {
  /** Keeps the commit waiting as another writer would. */
  async function holdCommit() {
    const session = await openSession(shop.database.connectionString);
    await session.query('BEGIN');
    await session.query('LOCK TABLE fact_transactions IN ACCESS EXCLUSIVE MODE');
    return session;
  }

  it('ends at once at the second Ctrl-C, with nothing loaded', async () => {
    await shop.folder.write(`killed/${dayFile('killed.csv')}`, transactions('killed', 5));
    const session = await holdCommit();
    const command = ingest('killed');
    await command.says(/Committing/);
    command.child.kill('SIGINT');
    await command.says(/seen to its end/);
    await sleep(400);
    command.child.kill('SIGINT');
    expect((await command.end).code).toBe(130);
    await session.end();
    expect(await shop.folder.files('killed')).toEqual([dayFile('killed.csv')]);
    expect(await count('fact_transactions')).toBe(0);
  });

  it('sees the commit to its end and tells the result', async () => {
    await shop.folder.write(`seen/${dayFile('seen.csv')}`, transactions('seen', 5));
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
  const command = startCommand(['generate', '--out', 'made', '--days', '60', '--rows', '200000'], shop.setting);
  await sleep(1500);
  command.child.kill('SIGINT');
  const ended = await command.end;
  expect(ended.code).toBe(130);
  expect(await shop.folder.files('made')).not.toContainEqual(expect.stringContaining('.part'));
  expect(await shop.folder.files('made')).not.toContain('expected.json');
});
