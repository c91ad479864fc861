import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { LandedFile, LandingZone } from '@weir/core';
import { assertPortError } from '../assert-port-error.ts';
import type { Check } from '../contract.ts';
import type { LandingZoneSubject } from '../landing-zone-subject.ts';
import { listAll, read } from './read-landing.ts';

/** More than a few chunks or a page of anything. */
const LARGE_BYTES = 5 * 1024 * 1024 + 7;

/** The bytes of a file, whatever happens meanwhile. */
export const READING_CLAUSES: Readonly<Record<string, Check<LandingZoneSubject>>> = {
  'reads the bytes as they were delivered, with their hash': async ({ landing, put }) => {
    const bytes = Buffer.from(Array.from({ length: 1024 }, (_, i) => i % 256));
    await put('a.csv.gz', bytes);
    const [file] = await listAll(landing);
    const found = await read(landing, file!);
    assert.ok(found.bytes.equals(bytes));
    assert.equal(found.contentHash, hashOf(bytes));
  },

  'reads an empty file': async ({ landing, put }) => {
    await put('a.csv', '');
    const [file] = await listAll(landing);
    assert.deepEqual(await read(landing, file!), { bytes: Buffer.alloc(0), contentHash: hashOf('') });
    assert.equal(file!.size, 0);
  },

  'reads a large file whole and in order': async ({ landing, put }) => {
    const bytes = buildLarge(1);
    await put('a.csv', bytes);
    const [file] = await listAll(landing);
    const found = await read(landing, file!);
    assert.ok(found.bytes.equals(bytes));
    assert.equal(found.contentHash, hashOf(bytes));
  },

  'leaves a chunk as it is until the next one is asked for': async ({ landing, put }) => {
    const bytes = buildLarge(2);
    await put('a.csv', bytes);
    const [file] = await listAll(landing);
    const content = await landing.open(file!);
    let place = 0;
    for await (const chunk of content.chunks) {
      await pause();
      assert.ok(bytes.subarray(place, place + chunk.length).equals(chunk), `the chunk at ${place} changed`);
      place += chunk.length;
    }
    await content.close();
  },

  'tells no hash before the chunks were read to the end': async ({ landing, put }) => {
    await put('a.csv', buildLarge(3));
    const [file] = await listAll(landing);
    const content = await landing.open(file!);
    assert.throws(() => content.contentHash());
    for await (const _ of content.chunks) break;
    assert.throws(() => content.contentHash());
    await content.close();
  },

  'reads two files at the same time without mixing them up': async ({ landing, put }) => {
    const contents = [buildLarge(4), buildLarge(5)];
    for (const [i, bytes] of contents.entries()) await put(`${i}.csv`, bytes);
    const files = await listAll(landing);
    const found = await Promise.all([...files, ...files].map((file) => read(landing, file)));
    for (const [i, { bytes }] of found.entries()) assert.ok(bytes.equals(contents[i % 2]!), `reader ${i}`);
  },

  'may be closed at any time and more than once': async ({ landing, put }) => {
    await put('a.csv', buildLarge(6));
    const [file] = await listAll(landing);
    const unread = await landing.open(file!);
    await unread.close();
    await unread.close();
    const begun = await landing.open(file!);
    for await (const _ of begun.chunks) {
      await begun.close();
      break;
    }
    await begun.close();
    const ended = await landing.open(file!);
    for await (const _ of ended.chunks);
    await ended.close();
    await ended.close();
    assert.equal((await read(landing, file!)).bytes.length, LARGE_BYTES);
  },

  'does not read a file that was removed after it was listed': async ({ landing, put, remove }) => {
    await put('a.csv', 'x');
    const [file] = await listAll(landing);
    await remove('a.csv');
    await assertPortError(() => read(landing, file!), 'landing.not-found');
    assert.deepEqual(await listAll(landing), []);
  },

  'never mixes two versions when a file is replaced while it is read': async ({ landing, put }) => {
    const [before, after] = [buildLarge(7), buildLarge(8)];
    await put('a.csv', before);
    const [file] = await listAll(landing);
    await readWhile(landing, file!, before, () => put('a.csv', after));
  },

  'never cuts a file short when it is removed while it is read': async ({ landing, put, remove }) => {
    const bytes = buildLarge(9);
    await put('a.csv', bytes);
    const [file] = await listAll(landing);
    await readWhile(landing, file!, bytes, () => remove('a.csv'));
  },
};

/** Something happens after the first chunk: the reader gets all of the listed version, or an error that says so. */
async function readWhile(
  landing: LandingZone,
  file: LandedFile,
  expected: Buffer,
  happen: () => Promise<unknown>,
): Promise<void> {
  const content = await landing.open(file);
  const chunks: Uint8Array[] = [];
  const readAll = async () => {
    for await (const chunk of content.chunks) {
      chunks.push(new Uint8Array(chunk));
      if (chunks.length === 1) await happen();
    }
  };
  try {
    const error = await readAll().catch((thrown: unknown) => thrown);
    if (error !== undefined) {
      await assertPortError(() => Promise.reject(error), 'landing.changed', 'landing.not-found');
      assert.throws(() => content.contentHash(), 'a reader that failed has no hash');
    } else {
      assert.ok(Buffer.concat(chunks).equals(expected), 'the versions were mixed');
      assert.equal(content.contentHash(), hashOf(expected));
    }
  } finally {
    await content.close();
  }
}

/** Bytes of which no two stretches are alike, other ones for every seed. */
function buildLarge(seed: number): Buffer {
  const bytes = Buffer.alloc(LARGE_BYTES, `weir ${seed},`);
  for (let i = 0; i + 8 <= LARGE_BYTES; i += 1024) bytes.writeUInt32LE(seed * 1_000_000 + i / 1024, i);
  return bytes;
}

function hashOf(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 2));
}
