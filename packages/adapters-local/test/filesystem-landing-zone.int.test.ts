import { spawnSync } from 'node:child_process';
import {
  appendFile,
  chmod,
  mkdir,
  readdir,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { LandedFile } from '@weir/core';
import { modifiedAtOf } from '../src/filesystem/file-version.ts';
import { FilesystemLandingZone } from '../src/filesystem/filesystem-landing-zone.ts';
import { failureOf, listFiles, openSandbox, runAsPlainUser, type Sandbox } from './filesystem-sandbox.ts';

const LARGE = Buffer.alloc(3 * 1024 * 1024, 'weir landing zone,');

let sandbox: Sandbox;
let landing: FilesystemLandingZone;

beforeEach(async () => {
  sandbox = await openSandbox();
  landing = new FilesystemLandingZone(sandbox.landing);
});
afterEach(() => sandbox.close());

const listKeys = async () => (await listFiles(landing)).map(({ key }) => key);

describe('the folder', () => {
  test('is not found where it does not exist, with a remedy', async () => {
    const missing = new FilesystemLandingZone(join(sandbox.root, 'nowhere'));
    await expect(listFiles(missing)).rejects.toMatchObject({
      code: 'landing.not-found',
      message: expect.stringContaining('nowhere cannot be read: it does not exist.'),
      remedy: expect.any(String),
      retryable: false,
    });
  });

  test('is unreadable where it is a file', async () => {
    await sandbox.write('a.csv', 'x');
    const file = new FilesystemLandingZone(join(sandbox.root, 'a.csv'));
    expect(await failureOf(() => listFiles(file))).toMatchObject({
      code: 'landing.unreadable',
      message: expect.stringContaining('it is a file and no folder'),
    });
  });

  test('is not found where a part of its path is a file', async () => {
    await sandbox.write('a.csv', 'x');
    const below = new FilesystemLandingZone(join(sandbox.root, 'a.csv', 'landing'));
    expect(await failureOf(() => listFiles(below))).toMatchObject({
      code: 'landing.not-found',
      message: expect.stringContaining('a part of its path is a file'),
    });
  });

  test('may be named relative to the working folder, and by a link', async () => {
    await sandbox.write('landing/a.csv', 'x');
    await symlink(sandbox.landing, join(sandbox.root, 'link'));
    const [file] = await listFiles(new FilesystemLandingZone(join(sandbox.root, 'link')));
    expect(file!.key).toBe('a.csv');
    expect(new FilesystemLandingZone('.').location).toBe(process.cwd());
  });

  test('is unreadable without permission, and so is a folder below it', async () => {
    await sandbox.write('landing/shop/a.csv', 'x');
    const list = `const pages = []; for await (const page of
      new adapters.FilesystemLandingZone(${JSON.stringify(sandbox.landing)}).list()) pages.push(page); return pages;`;
    for (const folder of ['landing/shop', 'landing']) {
      await chmod(join(sandbox.root, folder), 0);
      const failure = runAsPlainUser<{ code: string; message: string }>(list);
      await chmod(join(sandbox.root, folder), 0o755);
      expect(failure).toMatchObject({
        code: 'landing.unreadable',
        message: expect.stringContaining('permission is denied'),
      });
      expect(failure.message).toContain(join(sandbox.root, folder));
    }
  });
});

describe('listing', () => {
  test('follows links within the folder, and none that lead out of it', async () => {
    await sandbox.write('landing/real/a.csv', 'x');
    await sandbox.write('secret/b.csv', 'x');
    await symlink('real', join(sandbox.landing, 'a-link'));
    await symlink('real/a.csv', join(sandbox.landing, 'link.csv'));
    await symlink('../secret', join(sandbox.landing, 'out'));
    await symlink('../secret/b.csv', join(sandbox.landing, 'out.csv'));
    await symlink('nowhere.csv', join(sandbox.landing, 'dangling.csv'));
    expect(await listKeys()).toEqual(['a-link/a.csv', 'link.csv', 'real/a.csv']);
  });

  test('takes no folder beside the landing folder for a part of it because their names begin alike', async () => {
    await sandbox.write('landing-secret/b.csv', 'x');
    await symlink('../landing-secret/b.csv', join(sandbox.landing, 'out.csv'));
    expect(await listKeys()).toEqual([]);
  });

  test('does not run in circles', async () => {
    await sandbox.write('landing/x/y/a.csv', 'x');
    await symlink('..', join(sandbox.landing, 'x', 'y', 'up'));
    await symlink('.', join(sandbox.landing, 'self'));
    await symlink('loop', join(sandbox.landing, 'loop'));
    expect(await listKeys()).toEqual(['x/y/a.csv']);
  });

  test('sorts links to folders as folders', async () => {
    await sandbox.write('landing/z/a.csv', 'x');
    await sandbox.write('landing/a-b.csv', 'x');
    await symlink('z', join(sandbox.landing, 'a'));
    expect(await listKeys()).toEqual(['a-b.csv', 'a/a.csv', 'z/a.csv']);
  });

  test('leaves out what is no file', async () => {
    await sandbox.write('landing/a.csv', 'x');
    expect(spawnSync('mkfifo', [join(sandbox.landing, 'pipe.csv')]).status).toBe(0);
    await mkdir(join(sandbox.landing, 'folder.csv'));
    expect(await listKeys()).toEqual(['a.csv']);
  });

  test('goes on where files vanish meanwhile', async () => {
    for (let i = 0; i < 1500; i++) await sandbox.write(`landing/${i % 2}/${i}.csv`, '');
    const pages: number[] = [];
    for await (const page of landing.list()) {
      pages.push(page.length);
      await rm(sandbox.landing, { recursive: true, force: true });
    }
    expect(pages[0]).toBe(1000);
    expect(pages.slice(1).every((length) => length <= 500)).toBe(true);
  });

  test('goes on where folders vanish meanwhile', async () => {
    for (let i = 0; i < 1200; i++) await sandbox.write(`landing/${String(i).padStart(4, '0')}/a.csv`, '');
    const pages: number[] = [];
    for await (const page of landing.list()) {
      pages.push(page.length);
      await rm(join(sandbox.landing, '1190'), { recursive: true, force: true });
      await rm(join(sandbox.landing, '1191', 'a.csv'), { force: true });
    }
    expect(pages).toEqual([1000, 198]);
  });

  test('lists a file whose name is not UTF-8 with the others, and says why it cannot be opened', async () => {
    await sandbox.write('landing/b.csv', 'x');
    await writeFile(
      Buffer.concat([Buffer.from(`${sandbox.landing}/a`), Buffer.from([0xe9]), Buffer.from('.csv')]),
      'x',
    );
    const [mangled, other] = await listFiles(landing);
    expect([mangled!.key, other!.key]).toEqual(['a\ufffd.csv', 'b.csv']);
    expect(await failureOf(() => landing.open(mangled!))).toMatchObject({
      code: 'landing.unreadable',
      message: expect.stringContaining('not valid UTF-8'),
      retryable: false,
    });
  });

  test('rounds times down to whole milliseconds', async () => {
    await sandbox.write('landing/a.csv', 'x');
    for (const [set, expected] of [
      [1_678_861_815.123_9, 1_678_861_815_123],
      [1_678_861_815.999_99, 1_678_861_815_999],
    ]) {
      await utimes(join(sandbox.landing, 'a.csv'), set!, set!);
      expect((await listFiles(landing))[0]!.modifiedAt).toBe(expected);
    }
  });
});

test('rounds times before 1970 down as well', () => {
  expect(modifiedAtOf({ mtimeNs: -1_500_000_001n })).toBe(-1501);
  expect(modifiedAtOf({ mtimeNs: -1_500_000_000n })).toBe(-1500);
});

describe('opening', () => {
  test.each(['', '.', '..', '../secret.csv', 'a/../../secret.csv', '/etc/hostname', 'a//b.csv', './a.csv', 'a\0.csv'])(
    'refuses the key %j',
    async (key) => {
      await sandbox.write('secret.csv', 'x');
      const file = { key, size: 1, modifiedAt: 0, version: '' };
      expect(await failureOf(() => landing.open(file))).toMatchObject({ code: 'landing.unreadable' });
    },
  );

  test('does not follow a link that leads out of the folder', async () => {
    await sandbox.write('secret/b.csv', 'x');
    await symlink('../secret', join(sandbox.landing, 'out'));
    const file = { key: 'out/b.csv', size: 1, modifiedAt: 0, version: '' };
    expect(await failureOf(() => landing.open(file))).toMatchObject({
      code: 'landing.unreadable',
      message: expect.stringContaining('leads out of the landing folder'),
    });
  });

  test('does not wait at a pipe that took the place of the file', async () => {
    const file = await landOne('x');
    await rm(join(sandbox.landing, 'a.csv'));
    spawnSync('mkfifo', [join(sandbox.landing, 'a.csv')]);
    expect(await failureOf(() => landing.open(file))).toMatchObject({ code: 'landing.changed' });
  });

  test('does not read a folder that took the place of the file', async () => {
    const file = await landOne('x');
    await rm(join(sandbox.landing, 'a.csv'));
    await mkdir(join(sandbox.landing, 'a.csv'));
    expect(await failureOf(() => landing.open(file))).toMatchObject({ code: 'landing.changed' });
  });

  test('is unreadable without permission', async () => {
    const file = await landOne('x');
    await chmod(join(sandbox.landing, 'a.csv'), 0);
    const failure = runAsPlainUser(
      `await new adapters.FilesystemLandingZone(${JSON.stringify(sandbox.landing)}).open(${JSON.stringify(file)});`,
    );
    expect(failure).toMatchObject({ code: 'landing.unreadable', message: expect.stringContaining('permission') });
  });

  test('is not found where the landing folder itself went away', async () => {
    const file = await landOne('x');
    await rm(sandbox.landing, { recursive: true });
    expect(await failureOf(() => landing.open(file))).toMatchObject({ code: 'landing.not-found' });
  });
});

describe('finding', () => {
  test.each([
    '..',
    '../secret.csv',
    'a/../../secret.csv',
    '/etc/hostname',
    'a//b.csv',
    'out/b.csv',
    'folder',
    'a\0.csv',
  ])('finds nothing by the key %j', async (key) => {
    for (const path of ['secret.csv', 'secret/b.csv', 'landing/a/b.csv', 'landing/folder/b.csv']) {
      await sandbox.write(path, 'x');
    }
    await symlink('../secret', join(sandbox.landing, 'out'));
    expect(await landing.find(key)).toBeUndefined();
    expect(await landing.find('a/b.csv')).toMatchObject({ key: 'a/b.csv', size: 1 });
  });

  test('finds nothing where the landing folder is not there', async () => {
    expect(await new FilesystemLandingZone(join(sandbox.root, 'nowhere')).find('a.csv')).toBeUndefined();
  });

  test('is unreadable without permission', async () => {
    await sandbox.write('landing/shop/a.csv', 'x');
    await chmod(join(sandbox.landing, 'shop'), 0);
    const failure = runAsPlainUser(
      `return new adapters.FilesystemLandingZone(${JSON.stringify(sandbox.landing)}).find('shop/a.csv');`,
    );
    await chmod(join(sandbox.landing, 'shop'), 0o755);
    expect(failure).toMatchObject({ code: 'landing.unreadable', message: expect.stringContaining('permission') });
  });
});

describe('reading', () => {
  const path = () => join(sandbox.landing, 'a.csv');
  const changes: readonly (readonly [string, () => Promise<void>, string])[] = [
    ['grows', () => appendFile(path(), 'more'), 'landing.changed'],
    ['shrinks', () => truncate(path(), 10), 'landing.changed'],
    ['is written in place', () => writeFile(path(), Buffer.alloc(LARGE.length, 'x')), 'landing.changed'],
    ['is touched', () => utimes(path(), 1, 1), 'landing.changed'],
    [
      'is replaced',
      () => writeFile(`${path()}.tmp`, LARGE).then(() => rename(`${path()}.tmp`, path())),
      'landing.changed',
    ],
    ['is removed', () => rm(path()), 'landing.not-found'],
    ['is moved away', () => rename(path(), join(sandbox.root, 'b.csv')), 'landing.not-found'],
  ];

  test.each(changes)('ends with an error when the file %s meanwhile', async (_, change, code) => {
    const content = await landing.open(await landOne(LARGE));
    const read = async () => {
      let isFirst = true;
      for await (const _chunk of content.chunks) {
        if (isFirst) await change();
        isFirst = false;
      }
    };
    expect(await failureOf(read)).toMatchObject({ code, retryable: true });
    expect(() => content.contentHash()).toThrow('not read to its end');
    await content.close();
  });

  test('ends although a writer never stops to append', async () => {
    const content = await landing.open(await landOne(LARGE));
    const read = async () => {
      for await (const chunk of content.chunks) await appendFile(path(), chunk);
    };
    expect(await failureOf(read)).toMatchObject({ code: 'landing.changed' });
  });

  test('gives chunks of 256 KiB and more', async () => {
    const content = await landing.open(await landOne(LARGE));
    const lengths: number[] = [];
    for await (const chunk of content.chunks) lengths.push(chunk.length);
    expect(Math.min(...lengths.slice(0, -1))).toBeGreaterThanOrEqual(256 * 1024);
  });

  test('leaves no file open, however it ends', async () => {
    const file = await landOne(LARGE);
    const before = await countOpenFiles();
    for (let i = 0; i < 10; i++) {
      await (await landing.open(file)).close();
      for await (const _ of (await landing.open(file)).chunks) break;
      for await (const _ of (await landing.open(file)).chunks);
      await failureOf(() => landing.open({ ...file, version: 'other' }));
    }
    expect(await countOpenFiles()).toBe(before);
  });

  test('fails when it goes on after close', async () => {
    const content = await landing.open(await landOne(LARGE));
    await content.close();
    const read = async () => {
      for await (const _ of content.chunks);
    };
    expect(await failureOf(read)).toMatchObject({ code: 'landing.unreadable' });
  });
});

async function landOne(content: string | Uint8Array): Promise<LandedFile> {
  await sandbox.write('landing/a.csv', content);
  return (await listFiles(landing))[0]!;
}

/** Only Linux tells. */
async function countOpenFiles(): Promise<number> {
  const folder = '/proc/self/fd';
  return (await stat(folder).catch(() => undefined)) === undefined ? 0 : (await readdir(folder)).length;
}
