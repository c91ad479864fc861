import {
  CreateBucketCommand,
  DeleteObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type AwsSimulator, startAwsSimulator } from '../src/index.ts';

let simulator: AwsSimulator;
let s3: S3Client;
let Bucket: string;
let buckets = 0;

beforeAll(async () => {
  simulator = await startAwsSimulator();
  s3 = new S3Client(simulator.clientConfig);
});

afterAll(async () => {
  s3.destroy();
  await simulator.close();
});

beforeEach(async () => {
  buckets += 1;
  Bucket = `lists-${buckets}`;
  await s3.send(new CreateBucketCommand({ Bucket }));
});

const put = (Key: string, Body = 'x') => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
const fill = (keys: readonly string[]) => {
  for (const key of keys) simulator.parts.s3.write(Bucket, key, Buffer.from('x'));
};
const setVersioning = (Status: 'Enabled' | 'Suspended') =>
  s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));

describe('ListObjectsV2', () => {
  test('gives keys in the byte order of UTF-8, a thousand a page', async () => {
    // By UTF-16, as JavaScript compares, the last two would change places.
    const keys = [...Array.from({ length: 2499 }, (_, i) => `k${String(i).padStart(5, '0')}`), '\uffee', '\u{1d4b3}'];
    fill([...keys].reverse());
    const pages: string[][] = [];
    for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket })) {
      pages.push(page.Contents!.map(({ Key }) => Key!));
    }
    expect(pages.map((page) => page.length)).toEqual([1000, 1000, 501]);
    expect(pages.flat()).toEqual(keys);
  });

  test('folds what lies behind a delimiter, over pages too', async () => {
    fill(['a/1', 'a/2', 'b', 'c/1', 'c/2', 'd']);
    const seen: string[] = [];
    const config = { client: s3, pageSize: 1 };
    for await (const page of paginateListObjectsV2(config, { Bucket, Delimiter: '/' })) {
      seen.push(
        ...(page.Contents ?? []).map(({ Key }) => Key!),
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix!),
      );
    }
    expect(seen).toEqual(['a/', 'b', 'c/', 'd']);
  });

  test('starts after a key, below a prefix', async () => {
    fill(['p/1', 'p/2', 'p/3', 'q']);
    const page = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'p/', StartAfter: 'p/1' }));
    expect([page.KeyCount, page.Contents!.map(({ Key }) => Key)]).toEqual([2, ['p/2', 'p/3']]);
  });

  test('encodes keys when asked, and only then', async () => {
    await put('day=1/a b+ü&.csv');
    const plain = await s3.send(new ListObjectsV2Command({ Bucket }));
    expect(plain.Contents![0]!.Key).toBe('day=1/a b+ü&.csv');
    const encoded = await s3.send(new ListObjectsV2Command({ Bucket, EncodingType: 'url' }));
    expect(encoded.Contents![0]!.Key).toBe('day%3D1/a+b%2B%C3%BC%26.csv');
  });

  test('shows no object whose newest version is a delete marker', async () => {
    await setVersioning('Enabled');
    await put('gone');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents).toBeUndefined();
  });
});

describe('ListObjectVersions', () => {
  test('gives each version and marker once over pages, newest first within a key', async () => {
    await setVersioning('Enabled');
    const expected: string[] = [];
    for (const key of ['a', 'b', 'c']) {
      const first = await put(key, '1');
      const { VersionId: marker } = await s3.send(new DeleteObjectCommand({ Bucket, Key: key }));
      const second = await put(key, '2');
      expected.push(...[second.VersionId, marker, first.VersionId].map((id) => `${key} ${id}`));
    }
    const seen: string[] = [];
    const latest: unknown[] = [];
    let markers: object = {};
    for (;;) {
      const page = await s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2, ...markers }));
      const entries = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
      // The SDK parts versions and markers of a page: their order among each other is lost.
      seen.push(...entries.map(({ Key, VersionId }) => `${Key} ${VersionId}`));
      latest.push(...entries.filter(({ IsLatest }) => IsLatest).map(({ Key }) => Key));
      if (!page.IsTruncated) break;
      markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    }
    expect(seen.length).toBe(9);
    expect(new Set(seen)).toEqual(new Set(expected));
    expect(latest).toEqual(['a', 'b', 'c']);
  });

  test('calls a version null where the bucket has none, and keeps it when versions begin', async () => {
    await put('k', '1');
    await setVersioning('Enabled');
    const { VersionId } = await put('k', '2');
    const both = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect(both.Versions!.map((version) => version.VersionId)).toEqual([VersionId, 'null']);
    await setVersioning('Suspended');
    await put('k', '3');
    const after = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect(after.Versions!.map((version) => version.VersionId)).toEqual(['null', VersionId]);
  });
});
