import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { WriteBehind } from '../src/filesystem/write-behind.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-write-behind-'));
});
afterEach(() => rm(folder, { recursive: true }));

const lines = Array.from({ length: 5000 }, (_, i) => `line ${i} ${'x'.repeat(i % 2000)}\n`);
const wanted = lines.join('');

describe('what is written behind', () => {
  test('stands in the file in the order of the calls, whether or not they are awaited', async () => {
    const handle = await open(join(folder, 'out'), 'w');
    const file = new WriteBehind(handle);
    for (const [i, line] of lines.entries()) {
      const written = file.write(Buffer.from(line));
      if (i % 3 === 0) await written;
    }
    await file.flush();
    await handle.close();
    expect((await readFile(join(folder, 'out'), 'utf8')) === wanted).toBe(true);
  });

  test('gives back the memory of a block when it is written, and leaves small bytes alone', async () => {
    const handle = await open(join(folder, 'out'), 'w');
    const file = new WriteBehind(handle);
    const block = new Uint8Array(64 * 1024).fill(97);
    const small = Buffer.from('small');
    for (const bytes of [block, small]) await file.write(bytes);
    expect(block.length).toBe(64 * 1024);
    await file.flush();
    await handle.close();
    expect(block.length).toBe(0);
    expect(small.toString()).toBe('small');
    expect(await readFile(join(folder, 'out'), 'utf8')).toBe(`${'a'.repeat(64 * 1024)}small`);
  });

  test('is whole where the system writes less than it was given', async () => {
    const handle = await open(join(folder, 'out'), 'w');
    const { write } = handle;
    const writeSome = async (bytes: Uint8Array, from: number, length: number) =>
      Reflect.apply(write, handle, [bytes, from, length]) as ReturnType<typeof handle.write<Uint8Array>>;
    handle.writev = async (parts) => {
      const all = Buffer.concat(parts as unknown as Uint8Array[]);
      return { ...(await writeSome(all, 0, Math.ceil(all.length / 2))), buffers: parts };
    };
    Object.assign(handle, {
      write: (bytes: Uint8Array, from: number) => writeSome(bytes, from, Math.ceil((bytes.length - from) / 3)),
    });
    const file = new WriteBehind(handle);
    for (const line of lines.slice(0, 500)) void file.write(Buffer.from(line));
    await file.flush();
    await handle.close();
    expect(await readFile(join(folder, 'out'), 'utf8')).toBe(lines.slice(0, 500).join(''));
  });

  test('fails at the end where the disk is full, and at every write from then on', async () => {
    const handle = await open('/dev/full', 'w');
    const file = new WriteBehind(handle);
    await file.write(Buffer.from('first'));
    await expect(file.flush()).rejects.toMatchObject({ code: 'ENOSPC' });
    await expect(file.write(Buffer.from('more'))).rejects.toMatchObject({ code: 'ENOSPC' });
    await handle.close();
  });
});
