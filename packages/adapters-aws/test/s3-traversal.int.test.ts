import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import { S3FileStore } from '../src/s3/s3-file-store.ts';
import { S3LandingZone } from '../src/s3/s3-landing-zone.ts';
import { hashOf, listFiles } from './support/landed-files.ts';
import { type SimulatedS3, useSimulatedS3 } from './support/simulated-s3.ts';

const FOLDER = 'transactions/';
/** Names that a client, a URL or a file system could take for another place; to S3 each is just a name. */
const ODD = [
  'transactions//a.csv',
  'transactions/a.csv?versionId=1&x=..',
  'transactions/a.csv#b.csv',
  'transactions/%2e%2e/up.csv',
  'transactions/%252e%252e%252fup.csv',
  'transactions/x\\..\\..\\up.csv',
  'transactions/year=2023/month=03/day=%2F15/a.csv',
  'transactions/line\nbreak.csv',
  'transactions/x+y z.csv',
  'transactions/\u202egnp.csv',
];
/** A part that begins with a point is hidden, so that no name that leads up is ever taken for a file. */
const LEADING_UP = [
  'transactions/../dimensions/secret.csv',
  'transactions/x/../../dimensions/secret.csv',
  'transactions/./a.csv',
  'transactions/..',
];
const ELSEWHERE = ['dimensions/secret.csv', 'transactions.csv', '/transactions/a.csv', 'Transactions/a.csv'];

const openS3 = useSimulatedS3();
let s3: SimulatedS3;
let landingBucket: string;
let bucket: string;
let landing: S3LandingZone;
let store: S3FileStore;

beforeAll(async () => {
  s3 = await openS3();
});
beforeEach(async () => {
  landingBucket = await s3.makeBucket({ keepsVersions: true });
  bucket = await s3.makeBucket({ keepsVersions: true });
  landing = new S3LandingZone({ client: s3.client, bucket: landingBucket, folder: FOLDER });
  store = new S3FileStore({ client: s3.client, bucket, landingBucket });
  for (const key of [...ODD, ...LEADING_UP, ...ELSEWHERE]) await s3.put(landingBucket, key, `content of ${key}`);
});

test('every odd name is the file of that name, and is taken to that very name', async () => {
  const files = await listFiles(landing);
  expect(files.map(({ key }) => key).sort()).toEqual(ODD.toSorted());
  for (const file of files) {
    const { chunks } = await landing.open(file);
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks) parts.push(chunk);
    expect(Buffer.concat(parts).toString()).toBe(`content of ${file.key}`);
    const taken = await store.take(file, hashOf(`content of ${file.key}`));
    expect(taken).toEqual({ kind: 'moved', storedAs: file.key });
  }
  const stored = [...(await s3.contents(bucket))].map(([key, content]) => [key, content.toString()]);
  expect(stored.sort()).toEqual(ODD.map((key) => [key, `content of ${key}`]).sort());
  expect([...(await s3.contents(landingBucket)).keys()].sort()).toEqual([...LEADING_UP, ...ELSEWHERE].sort());
});

test.each([...LEADING_UP, ...ELSEWHERE])('nothing is found or opened by the name %j', async (key) => {
  expect(await landing.find(key)).toBeUndefined();
  const file = { key, size: 1, modifiedAt: 0, version: 'v:1' };
  await expect(landing.open(file)).rejects.toMatchObject({ code: 'landing.not-found' });
});
