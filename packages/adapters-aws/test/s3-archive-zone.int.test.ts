import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { keyWithHash, type LandedFile } from '@weir/core';
import { ArchivedDeliveries } from '@weir/core/operations';
import { S3ArchiveZone } from '../src/s3/s3-archive-zone.ts';
import { S3FileStore } from '../src/s3/s3-file-store.ts';
import { S3LandingZone } from '../src/s3/s3-landing-zone.ts';
import { hashOf } from './support/landed-files.ts';
import { type SimulatedS3, useSimulatedS3 } from './support/simulated-s3.ts';

const openS3 = useSimulatedS3();
const KEY = 'transactions/year=2023/month=03/day=15/a b+c%20d&e=f é 日本.csv';
const LANDED_AT = Date.UTC(2023, 2, 15, 6, 30, 7);

let s3: SimulatedS3;
beforeAll(async () => {
  s3 = await openS3();
});

describe.each([true, false])('an archive in a bucket (versions kept: %s)', (keepsVersions) => {
  let landingBucket: string;
  let bucket: string;
  beforeEach(async () => {
    landingBucket = await s3.makeBucket({ keepsVersions });
    bucket = await s3.makeBucket({ keepsVersions });
  });

  const openArchive = () => new S3ArchiveZone({ client: s3.client, bucket });

  /** Lands a file at a time of its own, and takes it away. */
  async function archive(content: string, landedAt: number): Promise<string> {
    s3.simulator.putObjectAt(landingBucket, KEY, content, new Date(landedAt));
    const file = (await new S3LandingZone({ client: s3.client, bucket: landingBucket }).find(KEY))!;
    const hash = hashOf(content);
    await new S3FileStore({ client: s3.client, bucket, landingBucket }).take(file, hash);
    return hash;
  }

  test('is read with the times of landing, which S3 does not keep', async () => {
    await archive('one', LANDED_AT);
    const [[file]] = (await collect(openArchive())) as [[LandedFile]];
    expect(file).toMatchObject({ key: KEY, size: 3, modifiedAt: LANDED_AT });
    expect(await openArchive().find(KEY)).toEqual(file);
    expect(await s3.modifiedAt(bucket, KEY)).not.toBe(LANDED_AT);
  });

  test('gives back both contents of a key as they were delivered', async () => {
    await archive('one', LANDED_AT);
    const hash = await archive('two', LANDED_AT + 60_000);
    expect([...(await s3.contents(bucket)).keys()].sort()).toEqual([keyWithHash(KEY, hash), KEY].sort());
    const deliveries = new ArchivedDeliveries(openArchive());
    const read: unknown[] = [];
    for (const file of (await collect(deliveries)).flat()) {
      const content = await deliveries.open(file);
      const chunks: Uint8Array[] = [];
      for await (const chunk of content.chunks) chunks.push(new Uint8Array(chunk));
      read.push([file.key, file.modifiedAt, Buffer.concat(chunks).toString()]);
      await content.close();
    }
    expect(read.toSorted()).toEqual([
      [KEY, LANDED_AT, 'one'],
      [KEY, LANDED_AT + 60_000, 'two'],
    ]);
  });

  test('tells the time of S3 where nobody left another', async () => {
    s3.simulator.putObjectAt(bucket, KEY, 'by hand', new Date(LANDED_AT));
    expect(await openArchive().find(KEY)).toMatchObject({ modifiedAt: LANDED_AT });
  });
});

test('a place that may not be asked is told with the permission that it needs', async () => {
  const bucket = await s3.makeBucket({ keepsVersions: false });
  await s3.put(bucket, KEY, 'x');
  const client = s3.openClient({});
  client.middlewareStack.add(
    (next, context) => async (call) => {
      if (context.commandName !== 'HeadObjectCommand') return next(call);
      throw Object.assign(new Error('Access Denied'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    },
    { step: 'initialize', name: 'refuse' },
  );
  await expect(new S3ArchiveZone({ client, bucket }).find(KEY)).rejects.toMatchObject({
    code: 'landing.unreadable',
    message: expect.stringContaining(KEY),
    remedy: expect.stringContaining('s3:GetObject'),
  });
});

async function collect(place: { list(): AsyncIterable<readonly LandedFile[]> }): Promise<(readonly LandedFile[])[]> {
  const pages: (readonly LandedFile[])[] = [];
  for await (const page of place.list()) pages.push(page);
  return pages;
}
