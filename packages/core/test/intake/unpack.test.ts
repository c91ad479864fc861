import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { DamagedArchiveError, unpack } from '../../src/intake/unpack.ts';
import { cutEvery } from '../support/read-csv.ts';

async function* feed(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function unpackAll(key: string, bytes: Uint8Array, size = 64 * 1024): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of unpack(key, feed(cutEvery(bytes, size)))) parts.push(chunk.slice());
  return Buffer.concat(parts).toString();
}

const TEXT = 'a,b\n1,2\n'.repeat(2000);

describe('a file is unpacked', () => {
  test.each(['x.csv.gz', 'x.CSV.GZ', 'year=2023/x.csv.Gz'])('where its name ends with .gz: %s', async (key) => {
    expect(await unpackAll(key, gzipSync(TEXT))).toBe(TEXT);
  });

  test.each(['x.csv', 'x.gz.csv', 'gz', 'x.gz/y.csv'])('and else left as it is: %s', async (key) => {
    const packed = gzipSync('x');
    expect(await unpackAll(key, packed)).toBe(packed.toString());
  });

  test('whatever the chunks, of one or of several members, empty ones among them', async () => {
    const members = ['a,b\n', '1,2\n', '', '3,4\n'].map((text) => gzipSync(text));
    const bytes = Buffer.concat(members);
    for (let size = 1; size <= bytes.length; size++)
      expect(await unpackAll('x.gz', bytes, size)).toBe('a,b\n1,2\n3,4\n');
  });

  test('where the members meet at the end of a chunk', async () => {
    const parts = ['a,b\n', '1,2\n', '3,4\n'].map((text) => gzipSync(text));
    const read: string[] = [];
    for await (const chunk of unpack('x.gz', feed(parts))) read.push(Buffer.from(chunk).toString());
    expect(read.join('')).toBe('a,b\n1,2\n3,4\n');
  });

  test('of no bytes at all into nothing', async () => {
    expect(await unpackAll('x.gz', new Uint8Array(0))).toBe('');
    const none: Uint8Array[] = [];
    for await (const chunk of unpack('x.gz', feed([new Uint8Array(0), new Uint8Array(0)]))) none.push(chunk);
    expect(none).toEqual([]);
  });

  test('of nothing into nothing', async () => {
    expect(await unpackAll('x.gz', gzipSync(''))).toBe('');
  });

  test('also where the producer uses its chunk again', async () => {
    const reused = new Uint8Array(16);
    async function* chunks() {
      for (const chunk of cutEvery(gzipSync(TEXT), 16)) {
        reused.fill(0);
        reused.set(chunk);
        yield reused.subarray(0, chunk.length);
      }
    }
    const parts: Uint8Array[] = [];
    for await (const chunk of unpack('x.gz', chunks())) parts.push(chunk.slice());
    expect(Buffer.concat(parts).toString()).toBe(TEXT);
  });
});

describe('gzip data is damaged', () => {
  const packed = gzipSync(TEXT);
  const flipped = Buffer.from(packed);
  flipped[Math.floor(packed.length / 2)]! ^= 0xff;
  const wrongSum = Buffer.from(packed);
  wrongSum[packed.length - 8]! ^= 1;
  const wrongLength = Buffer.from(packed);
  wrongLength[packed.length - 1]! ^= 1;

  test.each([
    ['is cut off by a byte', packed.subarray(0, -1)],
    ['is cut off in the middle', packed.subarray(0, packed.length / 2)],
    ['is cut off in its head', packed.subarray(0, 5)],
    ['is one byte', packed.subarray(0, 1)],
    ['has another byte in the middle', flipped],
    ['has another checksum', wrongSum],
    ['has another length', wrongLength],
    ['is plain text', Buffer.from('a,b\n1,2\n')],
    ['is one line break', Buffer.from('\n')],
    ['is followed by something else', Buffer.concat([packed, Buffer.from('a,b\n')])],
    ['is followed by a member that is cut off', Buffer.concat([packed, packed.subarray(0, 20)])],
  ])('where it %s', async (_, bytes) => {
    for (const size of [3, bytes.length]) {
      await expect(unpackAll('x.gz', bytes, size)).rejects.toThrow(DamagedArchiveError);
    }
  });
});

describe('what the source throws', () => {
  const fault = new Error('the line is dead');
  async function* failing(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    yield* chunks;
    throw fault;
  }
  const big = gzipSync(Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * i) % 251)));

  test.each([
    ['at once', []],
    ['in the middle', cutEvery(big.subarray(0, big.length / 2), 1000)],
    ['after the last byte', cutEvery(big, 1000)],
  ])('%s passes through and is no damage', async (_, chunks) => {
    const read = async () => {
      for await (const chunk of unpack('x.gz', failing(chunks))) void chunk;
    };
    await expect(read()).rejects.toBe(fault);
  });
});

describe('who stops early', () => {
  test.each([64, 64 * 1024])('is not kept waiting, in chunks of %i', async (size) => {
    const big = gzipSync(Buffer.alloc(8 * 1024 * 1024, 'a,b\n'));
    let given = 0;
    async function* counted() {
      for (const chunk of cutEvery(big, size)) {
        given++;
        yield chunk;
      }
    }
    for await (const chunk of unpack('x.gz', counted())) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(given).toBeLessThanOrEqual(Math.ceil(big.length / size));
  });

  test('has not had the whole file unpacked behind him: a megabyte of gzip that holds a gigabyte', async () => {
    const block = gzipSync(Buffer.alloc(64 * 1024 * 1024), { level: 9 });
    let given = 0;
    async function* bomb() {
      for (let member = 0; member < 16; member++) {
        for (const chunk of cutEvery(block, 1024)) {
          given++;
          yield chunk;
        }
      }
    }
    for await (const chunk of unpack('x.gz', bomb())) {
      expect(chunk.length).toBeLessThanOrEqual(1024 * 1024);
      break;
    }
    expect(given).toBeLessThan(100);
  });
});
