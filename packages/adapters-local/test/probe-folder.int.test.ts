import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { probeFolder } from '../src/index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-probe-'));
  await writeFile(join(folder, 'file'), '');
});
afterAll(() => rm(folder, { recursive: true }));

const probe = (name: string, more = {}) =>
  probeFolder(join(folder, name), { use: 'archive', mustWrite: true, mayBeMissing: false, ...more });

describe('a folder', () => {
  it('that can be used is left as it was, also where it is yet to be made', async () => {
    await probe('.');
    await probe('a/b/c', { mayBeMissing: true });
    expect(await readdir(folder)).toEqual(['file']);
  });
  it.each([
    ['nowhere', {}, 'archive.not-found'],
    ['file', {}, 'archive.unreadable'],
    ['file/inside', { mayBeMissing: true }, 'archive.unreadable'],
  ])('that cannot be is told: %s', async (name, more, code) => {
    await expect(probe(name, more)).rejects.toMatchObject({ code });
  });
});
