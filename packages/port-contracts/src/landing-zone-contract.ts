import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { LandedFile, LandingZone } from '@weir/core';
import { assertPortError } from './assert-port-error.ts';
import type { Contract } from './contract.ts';

export interface LandingZoneSubject {
  readonly landing: LandingZone;
  /**
   * Lands a file, or a new version of it, as a shop does.
   *
   * @param modifiedAt milliseconds since 1970-01-01 UTC; a wish that the place may be unable to grant
   * @returns the modification time that the place gave it
   */
  put(key: string, content: string | Uint8Array, modifiedAt?: number): Promise<number>;
  remove(key: string): Promise<void>;
}

/** More than a few chunks or a page of anything. */
const LARGE_BYTES = 5 * 1024 * 1024 + 7;
const MANY_FILES = 2345;

/** The place where shops drop their files. */
export const landingZoneContract: Contract<LandingZoneSubject> = {
  port: 'LandingZone',
  clauses: {
    'says where it is': async ({ landing }) => {
      assert.ok(landing.location.length > 0);
    },

    'lists nothing where nothing was landed': async ({ landing }) => {
      assert.deepEqual(await listAll(landing), []);
    },

    'lists key, size in bytes and time in whole milliseconds of a file': async ({ landing, put }) => {
      const key = 'transactions/year=2023/month=03/day=15/transactions_2023-03-15.csv';
      const modifiedAt = await put(key, 'é\n', Date.UTC(2023, 2, 15, 6, 30, 15, 123));
      const [file] = await listAll(landing);
      assert.deepEqual({ ...file, version: '' }, { key, size: 3, modifiedAt, version: '' });
      assert.ok(Number.isSafeInteger(file!.modifiedAt));
    },

    'tells times apart that differ by a millisecond': async ({ landing, put }) => {
      const wishes = Array.from({ length: 20 }, (_, i) => Date.UTC(2023, 2, 15, 6, 30, 15, 110 + i));
      const granted: number[] = [];
      for (const [i, wish] of wishes.entries()) granted.push(await put(`${String(i).padStart(2, '0')}.csv`, 'x', wish));
      assert.deepEqual(
        (await listAll(landing)).map(({ modifiedAt }) => modifiedAt),
        granted,
      );
    },

    'lists in the byte order of the whole keys, over folders and pages': async ({ landing, put }) => {
      const keys = [
        ...['!.csv', 'A.csv', 'Z/a.csv', 'a b.csv', 'a-b.csv', 'a.csv', 'a/B.csv', 'a/a/z.csv', 'a/a0.csv', 'a/b.csv'],
        ...['a0.csv', 'a=1/x.csv', 'aa.csv', 'b', 'é.csv', '日.csv', '\uff5e/x.csv', '\uff5e0.csv', '\u{1f600}.csv'],
      ];
      for (const key of keys.toReversed()) await put(key, key);
      assert.deepEqual(await listKeys(landing), keys);
    },

    'lists every file of many once': async ({ landing, put }) => {
      const keys = Array.from(
        { length: MANY_FILES },
        (_, i) => `day=${String(i % 7)}/${String(i).padStart(5, '0')}.csv`,
      );
      for (const key of keys) await put(key, '');
      assert.deepEqual(await listKeys(landing), keys.toSorted());
    },

    'leaves out hidden and unfinished files and what lies in hidden folders': async ({ landing, put }) => {
      const hidden = ['.a.csv', '_a.csv', 'x/.a.csv', 'x/_SUCCESS', '.x/a.csv', '_temporary/0/a.csv', 'x/.y/z/a.csv'];
      const unfinished = ['a.csv.tmp', 'a.csv.part', 'x/a.csv.crdownload'];
      for (const key of [...hidden, ...unfinished]) await put(key, 'x');
      const shown = ['a_.csv', 'a.tmp.csv', 'part', 'x_/a..csv'];
      for (const key of shown) await put(key, 'x');
      assert.deepEqual(await listKeys(landing), shown.toSorted());
    },

    'takes any ordinary character in a key': async ({ landing, put }) => {
      const keys = ["a b+c%20d&e=f,g;h@i$j~k!l(m)n'o[p]{q}^r`s#t.csv", "x=1/y%2Fz/O'Brien é 日本 \u{1f600}.csv"];
      for (const key of keys) await put(key, `content of ${key}`);
      const files = await listAll(landing);
      assert.deepEqual(files.map(({ key }) => key).toSorted(), keys.toSorted());
      for (const file of files) assert.equal((await read(landing, file)).bytes.toString(), `content of ${file.key}`);
    },

    'lists the same version again while nothing changes': async ({ landing, put }) => {
      await put('a.csv', 'x');
      await put('x/b.csv', 'y');
      const first = await listAll(landing);
      for (const file of first) await read(landing, file);
      assert.deepEqual(await listAll(landing), first);
    },

    'gives every upload under a key another version': async ({ landing, put }) => {
      const versions = new Set<string>();
      for (const content of ['one', 'two', 'more', '']) {
        await put('a.csv', content);
        versions.add((await listAll(landing))[0]!.version);
      }
      assert.equal(versions.size, 4);
    },

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

    'does not read another version than the one that was listed': async ({ landing, put }) => {
      for (const [before, after] of [
        ['one', 'two'],
        ['one', 'one and more'],
        ['one', ''],
      ]) {
        await put('a.csv', before!);
        const [file] = await listAll(landing);
        await put('a.csv', after!);
        const error = await assertPortError(() => read(landing, file!), 'landing.changed');
        assert.equal(error.retryable, true);
        const [next] = await listAll(landing);
        assert.equal((await read(landing, next!)).bytes.toString(), after);
      }
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
  },
};

async function listAll(landing: LandingZone): Promise<LandedFile[]> {
  const files: LandedFile[] = [];
  for await (const page of landing.list()) files.push(...page);
  return files;
}

async function listKeys(landing: LandingZone): Promise<string[]> {
  return (await listAll(landing)).map(({ key }) => key);
}

async function read(landing: LandingZone, file: LandedFile): Promise<{ bytes: Buffer; contentHash: string }> {
  const content = await landing.open(file);
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of content.chunks) chunks.push(new Uint8Array(chunk));
    return { bytes: Buffer.concat(chunks), contentHash: content.contentHash() };
  } finally {
    await content.close();
  }
}

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
