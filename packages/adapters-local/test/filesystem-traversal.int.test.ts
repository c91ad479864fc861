import { readdir, symlink } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FilesystemFileStore } from '../src/filesystem/filesystem-file-store.ts';
import { FilesystemLandingZone } from '../src/filesystem/filesystem-landing-zone.ts';
import { openReal } from '../src/filesystem/open-real.ts';
import { resolveKey } from '../src/filesystem/resolve-key.ts';
import { failureOf, hashOf, openSandbox, type Sandbox } from './filesystem-sandbox.ts';

let sandbox: Sandbox;
let landing: FilesystemLandingZone;
beforeEach(async () => {
  sandbox = await openSandbox();
  landing = new FilesystemLandingZone(sandbox.landing);
});
afterEach(() => sandbox.close());

/** What leads up, names a place from the root, hides, or looks like one of these to somebody else. */
const part = fc.constantFrom(
  ...['..', '.', '', '...', '.. ', '..\\..', '\\', '%2e%2e', '%2f', '\u2025', '\uff0f', '~', 'C:', 'nul', 'a\0b', '\0'],
  ...['a', 'a.csv', 'secret.csv', 'year=2023', 'year=..', 'out', 'link.csv', 'etc', 'passwd'],
);
const keys = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('/'));

describe('a key, whatever it is,', () => {
  test('names a path below its folder, or none', () => {
    fc.assert(
      fc.property(keys, (key) => {
        const path = resolveKey('/data/landing', key);
        if (path === undefined) return;
        expect(relative('/data/landing', path)).toBe(key.split('/').join(sep));
        expect(path.startsWith(`/data/landing${sep}`)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  test('finds, reads, stores and removes nothing outside of its folder', async () => {
    for (const path of ['secret.csv', 'out/secret.csv', 'landing/a/a.csv']) await sandbox.write(path, 'secret');
    await symlink('../out', join(sandbox.landing, 'out'));
    await symlink('../secret.csv', join(sandbox.landing, 'link.csv'));
    const store = new FilesystemFileStore({ folder: sandbox.archive, landingFolder: sandbox.landing });
    const version = (await landing.find('a/a.csv'))!.version;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(keys, async (key) => {
        if (key === 'a/a.csv') return;
        const file = { key, size: 6, modifiedAt: 0, version };
        expect(await landing.find(key)).toBeUndefined();
        expect((await failureOf(() => landing.open(file))).code).toMatch(/^landing\.(unreadable|not-found|changed)$/);
        const taken = await store.take(file, hashOf('secret')).catch((error: { code: string }) => error.code);
        expect(['archive.unreadable', 'archive.write-failed', 'source-missing', 'source-changed']).toContain(
          typeof taken === 'string' ? taken : taken.kind,
        );
        refused++;
      }),
      { numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(300);
    expect((await readdir(sandbox.root)).sort()).toEqual(['landing', 'out', 'secret.csv']);
    expect(await sandbox.read('.')).toEqual({
      'secret.csv': 'secret',
      'out/secret.csv': 'secret',
      'landing/a/a.csv': 'secret',
    });
  });
});

describe('a link that took the place of what was looked at a moment ago', () => {
  const open = async (path: string) => (await openReal(join(sandbox.landing, path), sandbox.landing)).close();

  test('is not followed where it stands for the file', async () => {
    await sandbox.write('secret.csv', 'secret');
    await symlink('../secret.csv', join(sandbox.landing, 'a.csv'));
    expect(await failureOf(() => open('a.csv'))).toMatchObject({ code: 'ELOOP' });
  });

  (process.platform === 'linux' ? test : test.skip)('is not read where it stands for a folder above it', async () => {
    await sandbox.write('secret/a.csv', 'secret');
    await sandbox.write('landing-2/a.csv', 'secret');
    for (const [name, target] of Object.entries({ d: '../secret', e: '../landing-2' })) {
      await symlink(target, join(sandbox.landing, name));
      expect(await failureOf(() => open(`${name}/a.csv`))).toMatchObject({ code: 'landing.unreadable' });
    }
    await sandbox.write('landing/f/a.csv', 'ours');
    await open('f/a.csv');
  });
});
