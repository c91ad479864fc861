import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeFolder } from '@weir/adapters-local';

let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'weir-folder-'));
});

afterAll(() => rm(home, { recursive: true }));

test('makes what is missing of a path, and tells where that begins', async () => {
  const path = join(home, 'a', 'b', 'c');
  const made = await Promise.all([makeFolder(path), makeFolder(path)]);
  expect(made).toContain(join(home, 'a'));
  expect((await stat(path)).isDirectory()).toBe(true);
  expect(await makeFolder(path)).toBeUndefined();
});

test('fails where a file stands in the way', async () => {
  await writeFile(join(home, 'file'), '');
  await expect(makeFolder(join(home, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(join(home, 'file', 'below'))).rejects.toMatchObject({ code: 'EEXIST' });
});

test('fails, and does not go on for ever, in a folder of the kernel', async () => {
  await expect(makeFolder('/proc/weir/below')).rejects.toMatchObject({
    code: expect.stringMatching(/^(ENOENT|EPERM|EROFS|EACCES)$/),
  });
});
