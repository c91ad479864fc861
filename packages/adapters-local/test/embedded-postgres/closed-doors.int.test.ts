import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, lstat, mkdir, mkdtemp, realpath, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openEmbeddedPostgres } from '@weir/adapters-local/embedded-postgres';
import { query } from './query.ts';
import { startUserProcess } from './user-process.ts';

const isRoot = process.getuid?.() === 0;
let folder: string;
let sound: string | undefined;

/** Made once, copied by every test that damages it. */
async function soundDatabase(): Promise<string> {
  if (sound === undefined) {
    sound = await mkdtemp(join(tmpdir(), 'weir-sound-'));
    await chmod(sound, 0o755);
    await (await openEmbeddedPostgres({ dataDirectory: join(sound, 'postgres') })).close();
  }
  return join(sound, 'postgres');
}

afterAll(async () => {
  if (sound !== undefined) await rm(sound, { recursive: true });
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-closed-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('a folder that only root may enter', () => {
  (isRoot ? test : test.skip)('holds a link to the data, which are kept elsewhere and found again', async () => {
    const dataDirectory = join(folder, '.weir', 'postgres');
    const notices: string[] = [];
    const options = { dataDirectory, onNotice: (sentence: string) => void notices.push(sentence) };

    const first = await openEmbeddedPostgres(options);
    await query(first.connectionString, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.close();
    const second = await openEmbeddedPostgres(options);
    const rows = await query(second.connectionString, 'SELECT answer FROM kept');
    await second.close();

    const elsewhere = await realpath(dataDirectory);
    try {
      expect(rows).toEqual([{ answer: 42 }]);
      expect((await lstat(dataDirectory)).isSymbolicLink()).toBe(true);
      expect(notices).toEqual([expect.stringContaining(`is kept in ${elsewhere}`)]);
      expect(elsewhere.startsWith(await realpath(tmpdir()))).toBe(true);
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });
});

describe('what cannot be opened is told in a sentence with a remedy', () => {
  test('a directory that cannot be made', async () => {
    await writeFile(join(folder, 'file'), '');

    const opening = openEmbeddedPostgres({ dataDirectory: join(folder, 'file', 'postgres') });

    await expect(opening).rejects.toMatchObject({ code: 'embedded-postgres.not-writable', remedy: expect.any(String) });
  });

  (isRoot ? test : test.skip)('a directory that the account may not write', async () => {
    await chmod(folder, 0o755);

    const opening = startUserProcess(join(folder, 'postgres'), { uid: 65534 });

    await expect(opening).rejects.toThrow(/^embedded-postgres.not-writable: .*permission denied.* Make the directory/);
    expect(existsSync(join(folder, 'postgres'))).toBe(false);
  });

  test('data of another major version', async () => {
    await chmod(folder, 0o755);
    await mkdir(join(folder, 'postgres', 'data'), { recursive: true });
    await writeFile(join(folder, 'postgres', 'data', 'PG_VERSION'), '16\n');

    const opening = openEmbeddedPostgres({ dataDirectory: join(folder, 'postgres') });

    await expect(opening).rejects.toMatchObject({
      code: 'embedded-postgres.other-version',
      message: expect.stringContaining('was made by Postgres 16, but this is Postgres 17'),
    });
  });

  test.each([
    ['an empty control file', (data: string) => truncate(join(data, 'global', 'pg_control'), 0)],
    ['a missing control file', (data: string) => unlink(join(data, 'global', 'pg_control'))],
    ['a missing version', (data: string) => unlink(join(data, 'PG_VERSION'))],
    ['a lost log of changes', (data: string) => rm(join(data, 'pg_wal'), { recursive: true })],
    ['a lost password', (data: string) => unlink(join(data, '..', 'password'))],
  ])('damaged data: %s', async (_what, damage) => {
    await chmod(folder, 0o755);
    const dataDirectory = join(folder, 'postgres');
    await promisify(execFile)('cp', ['-a', await soundDatabase(), dataDirectory]);
    await damage(join(dataDirectory, 'data'));

    const opening = openEmbeddedPostgres({ dataDirectory });

    await expect(opening).rejects.toMatchObject({
      code: 'embedded-postgres.damaged',
      message: expect.stringContaining(dataDirectory),
    });
  });
});
