import { PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { toLandedVersion } from '../src/s3/landed-version.ts';
import { S3LandingZone } from '../src/s3/s3-landing-zone.ts';
import { listFiles, readFile } from './support/landed-files.ts';
import { type SimulatedS3, useSimulatedS3 } from './support/simulated-s3.ts';

// Small pages, so that the versions of one key are spread over several.
const openS3 = useSimulatedS3({ s3: { pageSize: 3 } });
let s3: SimulatedS3;
let bucket: string;
let landing: S3LandingZone;

beforeAll(async () => {
  s3 = await openS3();
});
beforeEach(async () => {
  bucket = await s3.makeBucket({ keepsVersions: true });
  landing = new S3LandingZone({ client: s3.client, bucket });
});

const setVersioning = (Status: 'Enabled' | 'Suspended') =>
  s3.client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status } }));

test('names one version alike, whatever told it', () => {
  expect(toLandedVersion({ versionId: '3HL4kqtJ', etag: '"abc"' })).toBe('v:3HL4kqtJ');
  for (const versionId of [undefined, '', 'null']) expect(toLandedVersion({ versionId, etag: '"abc"' })).toBe('e:abc');
  expect(toLandedVersion({ etag: 'abc' })).toBe('e:abc');
});

describe('the folder', () => {
  test('is all that is listed, found and opened', async () => {
    for (const key of ['transactions/a.csv', 'transactions.csv', 'dimensions/p.csv', 'transactions/']) {
      await s3.put(bucket, key, key);
    }
    const below = new S3LandingZone({ client: s3.client, bucket, folder: 'transactions/' });
    expect(below.location).toBe(`s3://${bucket}/transactions/`);
    expect((await listFiles(below)).map(({ key }) => key)).toEqual(['transactions/a.csv']);
    expect(await below.find('transactions/a.csv')).toBeDefined();
    for (const key of ['dimensions/p.csv', 'transactions.csv', 'transactions/']) {
      expect(await below.find(key)).toBeUndefined();
    }
    const foreign = (await landing.find('dimensions/p.csv'))!;
    await expect(below.open(foreign)).rejects.toMatchObject({ code: 'landing.not-found' });
  });
});

describe('versions', () => {
  test('of a key that fill pages are one file, the oldest', async () => {
    for (let i = 0; i < 11; i++) await s3.put(bucket, 'b.csv', `b${i}`);
    for (const key of ['a.csv', 'b.csv.gz', 'c.csv']) await s3.put(bucket, key, key);
    const files = await listFiles(landing);
    expect(files.map(({ key }) => key)).toEqual(['a.csv', 'b.csv', 'b.csv.gz', 'c.csv']);
    expect(await readFile(landing, files[1]!)).toBe('b0');
    expect(await readFile(landing, (await landing.find('b.csv'))!)).toBe('b10');
    expect(await landing.find('b.csv', files[1]!.version)).toEqual(files[1]);
  });

  test('below a delete marker are gone, however they lie over the pages and in whichever second they came', async () => {
    for (let i = 0; i < 4; i++) await s3.put(bucket, 'a.csv', `old ${i}`);
    const old = (await landing.find('a.csv'))!;
    await s3.remove(bucket, 'a.csv');
    await s3.put(bucket, 'a.csv', 'older');
    await s3.remove(bucket, 'a.csv');
    expect(await listFiles(landing)).toEqual([]);
    expect(await landing.find('a.csv')).toBeUndefined();
    await s3.put(bucket, 'a.csv', 'new 0');
    await s3.put(bucket, 'a.csv', 'new 1');
    await s3.put(bucket, 'z.csv', 'z');
    const files = await listFiles(landing);
    expect(await Promise.all(files.map((file) => readFile(landing, file)))).toEqual(['new 0', 'z']);
    expect(await landing.find('a.csv', old.version)).toBeUndefined();
    await expect(landing.open(old)).rejects.toMatchObject({ code: 'landing.not-found', retryable: true });
  });

  test('from before the bucket kept any are deliveries too', async () => {
    bucket = await s3.makeBucket({ keepsVersions: false });
    landing = new S3LandingZone({ client: s3.client, bucket });
    await s3.put(bucket, 'a.csv', 'plain');
    const [plain] = await listFiles(landing);
    expect(plain!.version).toMatch(/^e:[0-9a-f]{32}$/);
    await setVersioning('Enabled');
    await s3.put(bucket, 'a.csv', 'versioned');
    expect(await listFiles(landing)).toEqual([plain]);
    expect(await readFile(landing, plain!)).toBe('plain');
    expect(await readFile(landing, (await landing.find('a.csv'))!)).toBe('versioned');
  });

  test('without an id are replaced where a bucket stopped keeping them', async () => {
    await s3.put(bucket, 'a.csv', 'versioned');
    await setVersioning('Suspended');
    await s3.put(bucket, 'a.csv', 'plain');
    const plain = (await landing.find('a.csv'))!;
    expect(await readFile(landing, plain)).toBe('plain');
    await s3.put(bucket, 'a.csv', 'another');
    await expect(landing.open(plain)).rejects.toMatchObject({ code: 'landing.changed', retryable: true });
    expect(await readFile(landing, (await listFiles(landing))[0]!)).toBe('versioned');
  });
});

describe('a fault', () => {
  const fail = (operation: string, as: 500 | 'throttle' | { code: string; status: number; message: string }) =>
    s3.simulator.injectFault({ service: 'S3', operation, call: 1, when: 'before', as });
  const denied = { code: 'AccessDenied', status: 403, message: 'Access Denied' };

  test('says that there is no such bucket', async () => {
    const lost = new S3LandingZone({ client: s3.client, bucket: 'nowhere', folder: 'transactions/' });
    await expect(listFiles(lost)).rejects.toMatchObject({
      code: 'landing.not-found',
      message: 's3://nowhere/transactions/ cannot be listed: there is no bucket nowhere.',
      remedy: 'Make the bucket, or correct its name in the configuration.',
      retryable: false,
      context: { bucket: 'nowhere' },
    });
    await expect(lost.find('transactions/a.csv')).rejects.toMatchObject({ code: 'landing.unreadable' });
  });

  test('says which permission is missing', async () => {
    await s3.put(bucket, 'a.csv', 'x');
    const [file] = await listFiles(landing);
    fail('ListObjectVersions', denied);
    await expect(listFiles(landing)).rejects.toMatchObject({
      code: 'landing.unreadable',
      message: `s3://${bucket}/ cannot be listed: permission is denied.`,
      remedy: expect.stringContaining('Allow s3:ListBucketVersions'),
      retryable: false,
    });
    fail('GetObject', denied);
    await expect(landing.open(file!)).rejects.toMatchObject({
      code: 'landing.unreadable',
      message: `s3://${bucket}/a.csv cannot be read: permission is denied.`,
      remedy: expect.stringContaining('s3:GetObjectVersion'),
    });
  });

  test.each([
    [500, 'S3 has a fault of its own (500 InternalError)'],
    ['throttle', 'S3 asks for fewer calls (SlowDown)'],
  ] as const)('%s may be tried again', async (as, reason) => {
    const zone = new S3LandingZone({ client: s3.openClient({ maxAttempts: 1 }), bucket });
    fail('ListObjectVersions', as);
    await expect(listFiles(zone)).rejects.toMatchObject({
      code: 'landing.unreadable',
      message: `s3://${bucket}/ cannot be listed: ${reason}.`,
      retryable: true,
    });
  });

  test('that passes is waited for', async () => {
    await s3.put(bucket, 'a.csv', 'x');
    fail('ListObjectVersions', 'throttle');
    fail('GetObject', 500);
    expect(await readFile(landing, (await listFiles(landing))[0]!)).toBe('x');
  });
});
