import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EndToEndDatabase, openEndToEndDatabase } from '@weir/adapters-local/testing';
import { runCommand } from './support/run-command.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';

let database: EndToEndDatabase;
let folder: TemporaryFolder;
beforeAll(async () => {
  database = await openEndToEndDatabase();
  folder = await openTemporaryFolder();
});
afterAll(async () => {
  await database.close();
  await folder.remove();
});

const SMALL = ['demo', '--days', '2', '--rows', '400'];
const demo = (...args: string[]) => runCommand([...SMALL, ...args], { cwd: folder.path });

describe('weir demo', () => {
  it('tells the story of a week, leads to the expected facts, and its commands to try work', async () => {
    const ended = await demo();
    expect(ended).toMatchObject({ code: 0, stderr: expect.not.stringContaining('error') });
    expect(ended.stdout.match(/✓ the table holds/g)).toHaveLength(2);
    expect(ended.stdout).toContain('already-loaded');
    expect(ended.stdout).not.toContain('✗');
    const id = /runs show (\S+)/.exec(ended.stdout)![1]!;
    const shown = await runCommand(['runs', 'show', id], { cwd: folder.in('.weir/demo') });
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain(`Run ${id}`);
  });

  it('starts from clean each time, and leaves the database of the environment alone', async () => {
    const env = { WEIR_DATABASE_URL: 'postgres://weir:x@127.0.0.1:1/production' };
    const ended = await runCommand([...SMALL, '--json'], { cwd: folder.path, env });
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain('WEIR_DATABASE_URL is left alone');
    expect(ended.json()).toMatchObject({ status: 'as-expected', differences: [] });
    expect(ended.json().runs[0].totals.unchanged).toBe(0);
  });

  it('never deletes a folder that is not a demo’s', async () => {
    await folder.write('precious/landing/mine.csv', 'mine');
    const ended = await demo('--dir', 'precious', '--json');
    expect(ended.code).toBe(2);
    expect(ended.json().error.code).toBe('demo.foreign-folder');
    expect(await folder.files('precious')).toEqual(['landing/mine.csv']);
  });

  it('uses a database of one’s own only while it holds no facts', async () => {
    const url = ['--database-url', database.connectionString, '--dir', 'own'];
    expect(await demo(...url)).toMatchObject({ code: 0 });
    const again = await demo(...url, '--json');
    expect(again.code).toBe(1);
    expect(again.json().error.code).toBe('demo.database-in-use');
  });
});

describe('weir generate', () => {
  it('writes a shop whose ingest leads to the digest of expected.json', async () => {
    const args = [
      'generate',
      '--out',
      'shop',
      '--days',
      '1',
      '--rows',
      '50',
      '--faults',
      'none',
      '--fault',
      'priceNegative=0.2',
    ];
    const ended = await runCommand([...args, '--later', '--json'], { cwd: folder.path });
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.json()).toMatchObject({
      landing: folder.in('shop/landing'),
      expected: folder.in('shop/expected.json'),
    });
    const files = await folder.files('shop');
    expect(files).toContain('landing/transactions/year=2023/month=03/day=15/transactions_2023-03-15.csv');
    expect(files).toEqual(
      expect.arrayContaining(['dimensions/customers.csv', 'dimensions/products.csv', 'expected.json']),
    );
  });

  it('refuses a folder with other files, ends with 2 and leaves them', async () => {
    await folder.write('busy/landing/mine.csv', 'mine');
    const ended = await runCommand(['generate', '--out', 'busy', '--json'], { cwd: folder.path });
    expect(ended.code).toBe(2);
    expect(ended.json().error.code).toBe('datagen.folder-in-use');
    expect(await folder.files('busy')).toEqual(['landing/mine.csv']);
  });

  it('says why it cannot write, and ends with 1', async () => {
    await folder.write('file', 'no folder');
    const ended = await runCommand(['generate', '--out', 'file/below', '--json'], { cwd: folder.path });
    expect(ended.code).toBe(1);
    expect(ended.json().error.code).toBe('datagen.cannot-write');
  });
});
