import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { LandedFile, TakeOutcome } from '@weir/core';
import { injectFault } from '@weir/core/testing';
import { type FileOperations, NODE_FILE_OPERATIONS } from '../src/filesystem/file-operations.ts';
import { FilesystemFileStore } from '../src/filesystem/filesystem-file-store.ts';
import { FilesystemLandingZone } from '../src/filesystem/filesystem-landing-zone.ts';
import { placeWithoutLinks } from '../src/filesystem/place-without-links.ts';
import { toSeconds } from '../src/filesystem/to-seconds.ts';
import { failureOf, hashOf, listFiles, openSandbox, runAsPlainUser, type Sandbox } from './filesystem-sandbox.ts';

const KEY = 'day=15/a.csv';
const WITH_DIGITS = `day=15/a.${hashOf('one').slice(7, 19)}.csv`;

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(() => sandbox.close());

describe('the folder', () => {
  test('may not lie in the landing folder, hold it or be it', () => {
    for (const folder of ['landing', 'landing/archive', 'landing/.archive', '.', 'landing/x/../archive']) {
      expect(() => openStore({ folder: join(sandbox.root, folder) })).toThrow(
        expect.objectContaining({ code: 'archive.overlaps-landing', remedy: expect.any(String) }),
      );
    }
  });

  test('may not lie in the landing folder by way of a link', async () => {
    await symlink(sandbox.landing, join(sandbox.root, 'link'));
    const folder = join(sandbox.root, 'link', 'not', 'yet', 'there');
    expect(() => openStore({ folder })).toThrow('lies in the landing folder');
  });

  test('may lie beside the landing folder under a name that begins alike', () => {
    expect(openStore({ folder: join(sandbox.root, 'landing-archive') }).location).toMatch(/landing-archive$/);
  });

  test('is made when the first file comes', async () => {
    const store = openStore({ folder: join(sandbox.root, 'a', 'b') });
    expect(await sandbox.read('a')).toEqual({});
    await store.take(await landOne('one'), hashOf('one'));
    expect(await sandbox.read('a/b')).toEqual({ [KEY]: 'one' });
  });
});

describe('taking', () => {
  test.each(['..', '../a.csv', 'a/../../b.csv', '/etc/hostname', '', 'a//b', 'a\0b'])(
    'refuses the key %j',
    async (key) => {
      await sandbox.write('a.csv', 'x');
      const failure = await failureOf(() =>
        openStore().take({ key, size: 1, modifiedAt: 0, version: '' }, hashOf('x')),
      );
      expect(failure).toMatchObject({ code: 'archive.write-failed' });
      expect(await sandbox.read('.')).toEqual({ 'a.csv': 'x' });
    },
  );

  test('does not move a file that lies behind a link out of the landing folder', async () => {
    await sandbox.write('secret/b.csv', 'x');
    await symlink('../secret', join(sandbox.landing, 'out'));
    const stats = await stat(join(sandbox.root, 'secret/b.csv'), { bigint: true });
    const version = `${stats.dev}-${stats.ino}-${stats.size}-${stats.mtimeNs}`;
    const take = () => openStore().take({ key: 'out/b.csv', size: 1, modifiedAt: 0, version }, hashOf('x'));
    expect(await failureOf(take)).toMatchObject({ code: 'archive.unreadable' });
    expect(await sandbox.read('secret')).toEqual({ 'b.csv': 'x' });
  });

  test('keeps the time of the file, to the millisecond', async () => {
    for (const seconds of [1_678_861_815.123, 1_678_861_815.9999, 1_678_861_816]) {
      const file = await landOne(`${seconds}`, seconds);
      const { storedAs } = (await openStore().take(file, hashOf(`${seconds}`))) as { storedAs: string };
      const { mtimeNs } = await stat(join(sandbox.archive, storedAs), { bigint: true });
      expect(Number(mtimeNs / 1_000_000n)).toBe(file.modifiedAt);
    }
  });

  test('keeps every millisecond of a second, whatever follows it', async () => {
    await sandbox.write('a.csv', 'x');
    const path = join(sandbox.root, 'a.csv');
    for (let i = 0; i < 1000; i++) {
      const wanted = 1_678_861_815_000n + BigInt(i);
      for (const rest of [0n, 1n, 500_000n, 999_999n]) {
        const seconds = toSeconds(wanted * 1_000_000n + rest);
        await utimes(path, seconds, seconds);
        expect((await stat(path, { bigint: true })).mtimeNs / 1_000_000n).toBe(wanted);
      }
    }
  });

  test('leaves the folders of the landing place', async () => {
    await openStore().take(await landOne('one'), hashOf('one'));
    expect((await stat(join(sandbox.landing, 'day=15'))).isDirectory()).toBe(true);
  });

  test('works across file systems', async () => {
    const other = '/dev/shm';
    const isOther = await stat(other).then(
      async ({ dev }) => dev !== (await stat(sandbox.root)).dev,
      () => false,
    );
    if (!isOther) return announceGap('a second file system at /dev/shm');
    const folder = join(other, basename(sandbox.root));
    try {
      const outcome = await openStore({ folder }).take(await landOne('one'), hashOf('one'));
      expect(outcome).toEqual({ kind: 'moved', storedAs: KEY });
      expect(await readFile(join(folder, KEY), 'utf8')).toBe('one');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('finds nothing to take where the landing folder went away', async () => {
    const file = await landOne('one');
    await rm(sandbox.landing, { recursive: true });
    expect(await openStore().take(file, hashOf('one'))).toEqual({ kind: 'source-missing' });
  });

  test('stores the bytes behind a link, and removes the link only', async () => {
    await sandbox.write('landing/_real/b.csv', 'one');
    await symlink('_real/b.csv', join(sandbox.landing, 'a.csv'));
    const [file] = await listFiles(new FilesystemLandingZone(sandbox.landing));
    expect(await openStore().take(file!, hashOf('one'))).toEqual({ kind: 'moved', storedAs: 'a.csv' });
    expect(await sandbox.read('archive')).toEqual({ 'a.csv': 'one' });
    expect(await sandbox.read('landing')).toEqual({ '_real/b.csv': 'one' });
  });

  test('does not take a folder of that name for the file', async () => {
    await mkdir(join(sandbox.archive, KEY), { recursive: true });
    const outcome = await openStore().take(await landOne('one'), hashOf('one'));
    expect(outcome).toEqual({ kind: 'moved', storedAs: WITH_DIGITS });
  });

  test('removes copies that a crash left behind, and no fresh ones', async () => {
    await sandbox.write('archive/day=15/.weir-copy-old', 'half');
    const patient = await openStore().take(await landOne('one'), hashOf('one'));
    expect(patient.kind).toBe('moved');
    expect(await sandbox.read('archive')).toHaveProperty(['day=15/.weir-copy-old']);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await openStore({ abandonedAfterMs: 5 }).take(await landOne('two'), hashOf('two'));
    expect(await sandbox.read('archive')).not.toHaveProperty(['day=15/.weir-copy-old']);
  });
});

describe('a place that cannot be written', () => {
  const requireKept = async (failure: { code?: string; message: string }, words: string) => {
    expect(failure).toMatchObject({ code: 'archive.write-failed', message: expect.stringContaining(words) });
    expect(await sandbox.read('landing')).toEqual({ [KEY]: 'one' });
  };

  test('keeps the landed file where a part of the path is a file', async () => {
    await sandbox.write('archive/day=15', 'in the way');
    const file = await landOne('one');
    await requireKept(await failureOf(() => openStore().take(file, hashOf('one'))), 'a file stands');
    expect(await sandbox.read('archive')).toEqual({ 'day=15': 'in the way' });
  });

  test('keeps the landed file where the folder itself is a file', async () => {
    await sandbox.write('archive', 'in the way');
    const file = await landOne('one');
    await requireKept(await failureOf(() => openStore().take(file, hashOf('one'))), 'file');
  });

  test('keeps the landed file where the name with digits is too long', async () => {
    const key = `${'a'.repeat(250)}.csv`;
    await sandbox.write(`landing/${key}`, 'one');
    await sandbox.write(`archive/${key}`, 'two');
    const [file] = await listFiles(new FilesystemLandingZone(sandbox.landing));
    expect(await failureOf(() => openStore().take(file!, hashOf('one')))).toMatchObject({
      message: expect.stringContaining('its name is too long'),
    });
    expect([await sandbox.read('landing'), await sandbox.read('archive')]).toEqual([
      { [key]: 'one' },
      { [key]: 'two' },
    ]);
  });

  test('keeps the landed file without permission to write', async () => {
    const file = await landOne('one');
    await mkdir(sandbox.archive, { mode: 0o555 });
    await requireKept(takeAsPlainUser(file), 'permission is denied');
  });

  test('keeps the landed file where the disk is full', async () => {
    const file = await landOne('one');
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    const plan = { method: 'copy', call: 1, when: 'after', error: full } as const;
    const { port: operations } = injectFault(NODE_FILE_OPERATIONS, plan);
    await requireKept(await failureOf(() => openStore({ operations }).take(file, hashOf('one'))), 'the disk is full');
    expect(await sandbox.read('archive')).toEqual({});
    expect((await openStore().take(file, hashOf('one'))).kind).toBe('moved');
  });

  test('keeps the landed file where a real disk is full', async () => {
    await mkdir(sandbox.archive);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'weir-test', sandbox.archive]).status === 0;
    if (!mounted) return announceGap('the right to mount a small disk');
    try {
      const content = 'x'.repeat(200_000);
      const file = await landOne(content);
      const failure = await failureOf(() => openStore().take(file, hashOf(content)));
      expect(failure).toMatchObject({ code: 'archive.write-failed', message: expect.stringContaining('disk is full') });
      expect(await sandbox.read('archive')).toEqual({});
      expect((await stat(join(sandbox.landing, KEY))).size).toBe(content.length);
    } finally {
      spawnSync('umount', [sandbox.archive]);
    }
  });

  test('says so where the landed file was stored but may not be removed, and is right when repeated', async () => {
    const file = await landOne('one');
    await chmod(join(sandbox.landing, 'day=15'), 0o555);
    await mkdir(sandbox.archive);
    await chmod(sandbox.archive, 0o777);
    await requireKept(takeAsPlainUser(file), 'was stored, but cannot be removed');
    expect(await sandbox.read('archive')).toEqual({ [KEY]: 'one' });
    await chmod(join(sandbox.landing, 'day=15'), 0o755);
    expect(await openStore().take(file, hashOf('one'))).toEqual({ kind: 'moved', storedAs: KEY });
  });

  test('keeps the landed file where it cannot be read', async () => {
    const file = await landOne('one');
    await chmod(join(sandbox.landing, KEY), 0);
    await mkdir(sandbox.archive);
    await chmod(sandbox.archive, 0o777);
    expect(takeAsPlainUser(file)).toMatchObject({ code: 'archive.unreadable' });
  });

  test('keeps the landed file where what is stored cannot be compared', async () => {
    const file = await landOne('one');
    await sandbox.write(`archive/${KEY}`, 'two');
    await chmod(join(sandbox.archive, KEY), 0);
    expect(takeAsPlainUser(file)).toMatchObject({ code: 'archive.unreadable' });
    expect(await sandbox.read('landing')).toEqual({ [KEY]: 'one' });
  });
});

describe('a landed file that changes meanwhile', () => {
  const replace = async () => {
    await writeFile(join(sandbox.root, 'next'), 'two');
    await rename(join(sandbox.root, 'next'), join(sandbox.landing, KEY));
  };

  test('stays, and nothing is stored, where it was replaced before it was copied', async () => {
    const file = await landOne('one');
    const store = openStore({ operations: doBefore('copy', replace) });
    expect(await store.take(file, hashOf('one'))).toEqual({ kind: 'source-changed', storedAs: undefined });
    expect([await sandbox.read('landing'), await sandbox.read('archive')]).toEqual([{ [KEY]: 'two' }, {}]);
  });

  test('stays, and the old bytes are stored, where it was replaced after it was copied', async () => {
    const file = await landOne('one');
    const store = openStore({ operations: doBefore('removeVersion', replace) });
    expect(await store.take(file, hashOf('one'))).toEqual({ kind: 'source-changed', storedAs: KEY });
    expect([await sandbox.read('landing'), await sandbox.read('archive')]).toEqual([
      { [KEY]: 'two' },
      { [KEY]: 'one' },
    ]);
  });

  test('is missing where it was removed before it was copied', async () => {
    const file = await landOne('one');
    const store = openStore({ operations: doBefore('copy', () => rm(join(sandbox.landing, KEY))) });
    expect(await store.take(file, hashOf('one'))).toEqual({ kind: 'source-missing' });
    expect(await sandbox.read('archive')).toEqual({});
  });

  test('is not written over where another file got its name at the last moment', async () => {
    const file = await landOne('one');
    const store = openStore({ operations: doBefore('place', () => sandbox.write(`archive/${KEY}`, 'other')) });
    expect(await store.take(file, hashOf('one'))).toEqual({ kind: 'moved', storedAs: WITH_DIGITS });
    expect(await sandbox.read('archive')).toEqual({ [KEY]: 'other', [WITH_DIGITS]: 'one' });
  });

  test('stays where the copy is not what was read', async () => {
    const file = await landOne('one');
    const operations: FileOperations = {
      ...NODE_FILE_OPERATIONS,
      copy: async (_, to) => writeFile(to, 'onf'),
    };
    expect(await failureOf(() => openStore({ operations }).take(file, hashOf('one')))).toMatchObject({
      code: 'archive.unreadable',
    });
    expect([await sandbox.read('landing'), await sandbox.read('archive')]).toEqual([{ [KEY]: 'one' }, {}]);
  });
});

describe('a crash', () => {
  const starts: readonly (readonly [string, () => Promise<void>, Readonly<Record<string, string>>])[] = [
    ['nothing is stored', async () => {}, { [KEY]: 'one' }],
    ['the same bytes are stored', () => sandbox.write(`archive/${KEY}`, 'one'), { [KEY]: 'one' }],
    ['other bytes are stored', () => sandbox.write(`archive/${KEY}`, 'two'), { [KEY]: 'two', [WITH_DIGITS]: 'one' }],
  ];

  test.each(starts)('at any step, and a repetition, give the right end where %s', async (_, start, expected) => {
    for (const when of ['before', 'after'] as const) {
      let steps = 0;
      for (let call = 1, died = true; died; call++) {
        await rm(sandbox.archive, { recursive: true, force: true });
        await start();
        const file = await landOne('one');
        const crash = dieAt(call, when);
        await openStore({ operations: crash.operations })
          .take(file, hashOf('one'))
          .catch(() => {});
        died = crash.died();
        const between = [await sandbox.read('landing'), await sandbox.read('archive')].flatMap(Object.values);
        expect(between).toContain('one');

        await new Promise((resolve) => setTimeout(resolve, 3));
        const outcome = await openStore({ abandonedAfterMs: 0 }).take(file, hashOf('one'));
        expect(outcome.kind).toBe('moved');
        expect(await sandbox.read('landing')).toEqual({});
        const leftovers = Object.entries(await sandbox.read('archive')).filter(([path]) =>
          path.includes('.weir-copy-'),
        );
        const kept = Object.entries(await sandbox.read('archive')).filter(([path]) => !path.includes('.weir-copy-'));
        expect(Object.fromEntries(kept)).toEqual(expected);
        expect(leftovers.length).toBeLessThanOrEqual(1);
        steps = call;
      }
      expect(steps).toBeGreaterThan(4);
    }
  });
});

describe('a file system without hard links', () => {
  test('gives a file its name, and never one that is taken', async () => {
    await sandbox.write('copy', 'one');
    const [copy, target] = [join(sandbox.root, 'copy'), join(sandbox.root, 'target')];
    expect(await placeWithoutLinks(copy, target)).toBe(true);
    await sandbox.write('copy', 'two');
    expect(await placeWithoutLinks(copy, target)).toBe(false);
    expect(await readFile(target, 'utf8')).toBe('one');
    expect(await readFile(copy, 'utf8')).toBe('two');
  });
});

interface StoreOptions {
  readonly folder?: string;
  readonly operations?: FileOperations;
  readonly abandonedAfterMs?: number;
}

function openStore(options: StoreOptions = {}): FilesystemFileStore {
  return new FilesystemFileStore({ folder: sandbox.archive, landingFolder: sandbox.landing, ...options });
}

async function landOne(content: string, seconds?: number): Promise<LandedFile> {
  await sandbox.write(`landing/${KEY}`, content);
  if (seconds !== undefined) await utimes(join(sandbox.landing, KEY), seconds, seconds);
  return (await listFiles(new FilesystemLandingZone(sandbox.landing)))[0]!;
}

function takeAsPlainUser(file: LandedFile): TakeOutcome & { code?: string; message: string } {
  const options = JSON.stringify({ folder: sandbox.archive, landingFolder: sandbox.landing });
  return runAsPlainUser(
    `return new adapters.FilesystemFileStore(${options}).take(${JSON.stringify(file)}, ${JSON.stringify(hashOf('one'))});`,
  );
}

/** Operations with something happening right before the first call of one of them. */
function doBefore(method: keyof FileOperations, happen: () => Promise<void>): FileOperations {
  let isDone = false;
  const operation = NODE_FILE_OPERATIONS[method] as (...args: unknown[]) => Promise<unknown>;
  return {
    ...NODE_FILE_OPERATIONS,
    [method]: async (...args: unknown[]) => {
      if (!isDone) await happen();
      isDone = true;
      return operation(...args);
    },
  };
}

/** Operations of a process that dies at a call: none after it does anything. */
function dieAt(call: number, when: 'before' | 'after'): { operations: FileOperations; died(): boolean } {
  const death = new Error('The process died.');
  const { port, happened } = injectFault(NODE_FILE_OPERATIONS, { method: '*', call, when, error: death });
  const operations = new Proxy(port, {
    get: (target, method: keyof FileOperations) =>
      happened() ? () => Promise.reject(death) : Reflect.get(target, method),
  });
  return { operations, died: happened };
}

/** What is missing is a right or a disk of the machine, not a back-end; the same paths are visited with injected faults. */
function announceGap(what: string): void {
  process.stderr.write(`Not tested here for want of ${what}.\n`);
}
