import { createHash } from 'node:crypto';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { encodeStagedLine } from '@weir/core';
import { readStagedObjects } from '../src/s3/read-staged-objects.ts';
import { StagedFileWriter } from '../src/s3/staged-file-writer.ts';
import { type SimulatedS3, useSimulatedS3 } from './support/simulated-s3.ts';

const openS3 = useSimulatedS3();
let s3: SimulatedS3;
let bucket: string;

beforeAll(async () => {
  s3 = await openS3();
  bucket = await s3.makeBucket({ keepsVersions: false });
});

const LINES = Array.from({ length: 5000 }, (_, i) =>
  encodeStagedLine([i, `T-${(i * 7919) % 5003}`, i % 11 === 0 ? 'a\nb\\' : 'é\tb', '\\'.repeat(i % 4)]),
);
const TEXT = Buffer.concat(LINES);

/** Writes lines in the blocks in which they are given. */
async function write(prefix: string, blocks: readonly Uint8Array[], partBytes: number, rejects: Uint8Array[] = []) {
  const writer = new StagedFileWriter({ client: s3.client, bucket, prefix, fileNo: 7, partBytes });
  for (const block of blocks) await writer.writeRows(block);
  for (const block of rejects) await writer.writeRejects(block);
  return writer.end();
}

async function unpack(key: string): Promise<Buffer> {
  return zstdDecompressSync((await s3.get(bucket, key))!);
}

/** Lines in blocks of so many. */
function inBlocks(lines: number): Buffer[] {
  const blocks: Buffer[] = [];
  for (let i = 0; i < LINES.length; i += lines) blocks.push(Buffer.concat(LINES.slice(i, i + lines)));
  return blocks;
}

async function read(keys: readonly string[]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readStagedObjects(s3.client, bucket, keys)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('a writer', () => {
  test('writes all lines to parts of whole lines, numbered from 1, rows before rejects', async () => {
    const parts = await write('runs/r/1/', inBlocks(100), 40_000, [LINES[0]!, LINES[1]!]);
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.slice(0, 2).map(({ key }) => key)).toEqual([
      'runs/r/1/rows/file-7-part-001.zst',
      'runs/r/1/rows/file-7-part-002.zst',
    ]);
    expect(parts.at(-1)).toMatchObject({ table: 'rejects', key: 'runs/r/1/rejects/file-7-part-001.zst', lines: 2 });
    const rows = parts.filter(({ table }) => table === 'rows');
    const texts = await Promise.all(rows.map(({ key }) => unpack(key)));
    expect(Buffer.concat(texts).equals(TEXT)).toBe(true);
    expect(rows.reduce((sum, { lines }) => sum + lines, 0)).toBe(LINES.length);
    for (const [i, text] of texts.entries()) {
      expect(text.at(-1)).toBe(10);
      if (i < texts.length - 1) expect(text.length).toBeGreaterThanOrEqual(40_000);
      expect(text.length).toBeLessThan(40_000 + 100);
    }
  });

  test('tells bytes and SHA-256 as S3 does', async () => {
    const [part] = await write('told/', [TEXT], 1e9);
    const head = await s3.client.send(
      new HeadObjectCommand({ Bucket: bucket, Key: part!.key, ChecksumMode: 'ENABLED' }),
    );
    expect(head).toMatchObject({ ContentLength: part!.bytes, ChecksumSHA256: part!.checksum });
    const object = (await s3.get(bucket, part!.key))!;
    expect(part!.checksum).toBe(createHash('sha256').update(object).digest('base64'));
  });

  test('writes the same bytes to the same keys, however the lines are cut into calls', async () => {
    const once = await write('same/', [TEXT], 40_000);
    for (const lines of [1, 17, 1000]) expect(await write('same/', inBlocks(lines), 40_000)).toEqual(once);
  });

  test('writes nothing where there is nothing to write', async () => {
    expect(await write('nothing/', [], 1000)).toEqual([]);
    expect(await write('nothing/', [new Uint8Array(0)], 1000)).toEqual([]);
  });

  test('cuts where a part is full to the byte, and never inside a value', async () => {
    const line = encodeStagedLine(['a\nb']);
    for (const partBytes of [1, line.length, line.length + 1, 2 * line.length]) {
      const parts = await write(`cut-${partBytes}/`, [Buffer.concat([line, line, line])], partBytes);
      const texts = await Promise.all(parts.map(({ key }) => unpack(key)));
      for (const text of texts) expect(text.length % line.length).toBe(0);
      expect(texts).toHaveLength(partBytes <= line.length ? 3 : 2);
    }
  });

  test('says where lines cannot be written, and what to check', async () => {
    const writer = new StagedFileWriter({ client: s3.client, bucket: 'nowhere', prefix: 'x/', fileNo: 1 });
    await writer.writeRows(TEXT);
    await expect(writer.end()).rejects.toMatchObject({
      code: 'warehouse.stage-failed',
      message: 'Staged lines cannot be written to s3://nowhere/x/rows/file-1-part-001.zst: there is no bucket nowhere.',
      remedy: 'Make the bucket, or correct its name in the configuration.',
      retryable: false,
    });
  });
});

describe('a reader', () => {
  const put = (Key: string, Body: Uint8Array) =>
    s3.client.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentLength: Body.length }));

  test('gives the text of packed and plain objects, one after the other', async () => {
    await put('d/000.zst', zstdCompressSync(TEXT));
    await put('d/001', Buffer.from('plain\n'));
    expect(
      (await read(['d/000.zst', 'd/001', 'd/000.zst'])).equals(Buffer.concat([TEXT, Buffer.from('plain\n'), TEXT])),
    ).toBe(true);
  });

  test('gives every frame of an object, wherever its chunks are cut', async () => {
    const large = Buffer.alloc(3_000_000, TEXT);
    const frames = [TEXT, Buffer.alloc(0), Buffer.from('x'), large, TEXT].map((text) => zstdCompressSync(text));
    await put('frames.zst', Buffer.concat(frames));
    const expected = Buffer.concat([TEXT, Buffer.from('x'), large, TEXT]);
    expect((await read(['frames.zst'])).equals(expected)).toBe(true);
  });

  test.each([
    ['cut off', (packed: Buffer) => packed.subarray(0, -10)],
    ['damaged', (packed: Buffer) => Buffer.concat([packed.subarray(0, 500), Buffer.alloc(50), packed.subarray(550)])],
    ['followed by something else', (packed: Buffer) => Buffer.concat([packed, Buffer.from('something else')])],
    ['something else', () => Buffer.from('something else')],
  ])('refuses data that is %s', async (_, spoil) => {
    await put('bad.zst', spoil(zstdCompressSync(TEXT, { params: { [constants.ZSTD_c_checksumFlag]: 1 } })));
    await expect(read(['bad.zst'])).rejects.toMatchObject({ code: 'warehouse.stage-unreadable', retryable: true });
  });

  test('says which object is not there', async () => {
    await expect(read(['gone.zst'])).rejects.toMatchObject({
      code: 'warehouse.stage-unreadable',
      message: expect.stringContaining('/gone.zst cannot be read: it is not there (any more).'),
    });
  });
});
