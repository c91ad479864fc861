import type { S3Client } from '@aws-sdk/client-s3';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { LandedFile } from '@weir/core';
import { S3FileStore } from '../src/s3/s3-file-store.ts';
import { S3LandingZone } from '../src/s3/s3-landing-zone.ts';
import { hashOf } from './support/landed-files.ts';
import { type SimulatedS3, useSimulatedS3 } from './support/simulated-s3.ts';

const MIB = 1024 ** 2;
// As AWS, but with 6 MiB for 5 GiB.
const openS3 = useSimulatedS3({ s3: { maxCopySize: 6 * MIB } });
const LIMITS = { singleCopyBytes: 6 * MIB, partBytes: 5 * MIB };
const KEY = "transactions/day=1/a b+c%20d&e=f,g;h@i$j~k!l(m)n'o é 日本 \u{1f600}.csv";

let s3: SimulatedS3;
let landingBucket: string;
let bucket: string;
let landing: S3LandingZone;

beforeAll(async () => {
  s3 = await openS3();
});
beforeEach(async () => {
  landingBucket = await s3.makeBucket({ keepsVersions: true });
  bucket = await s3.makeBucket({ keepsVersions: true });
  landing = new S3LandingZone({ client: s3.client, bucket: landingBucket });
});

const openStore = (client: S3Client = s3.client) => new S3FileStore({ client, bucket, landingBucket, limits: LIMITS });

async function land(key: string, content: string | Uint8Array): Promise<LandedFile> {
  await s3.put(landingBucket, key, content);
  return (await landing.find(key))!;
}

describe('a crash', () => {
  const CALLS = ['ListObjectVersions', 'HeadObject', 'CopyObject', 'DeleteObject'];

  test.each(CALLS.flatMap((call) => [1, 2, 3].map((nth) => [call, nth] as const)))(
    'at %s, time %i, before it or with its answer lost, is made good by a repetition',
    async (operation, call) => {
      for (const when of ['before', 'after'] as const) {
        const key = `${when}-${operation}-${call}.csv`;
        const file = await land(key, key);
        const client = s3.openClient({ maxAttempts: 1 });
        const fault = s3.simulator.injectFault({ service: 'S3', operation, call, when, as: 'reset' });
        const first = await openStore(client)
          .take(file, hashOf(key))
          .catch((error: unknown) => error);
        if (call === 1) expect(fault.hasFired).toBe(true);
        if (fault.hasFired) {
          expect(first).toMatchObject({ name: 'PortError', retryable: true, context: { status: 0 } });
        }
        fault.remove();
        expect(await openStore().take(file, hashOf(key))).toEqual({ kind: 'moved', storedAs: key });
        expect((await s3.get(bucket, key))!.toString()).toBe(key);
        expect(await landing.find(key)).toBeUndefined();
      }
      expect((await s3.contents(bucket)).size).toBe(2);
    },
  );

  test('with lost answers is not even seen where the SDK repeats the call', async () => {
    const file = await land(KEY, 'one');
    for (const operation of ['CopyObject', 'DeleteObject']) {
      s3.simulator.injectFault({ service: 'S3', operation, call: 1, when: 'after', as: 'reset' });
    }
    expect(await openStore().take(file, hashOf('one'))).toEqual({ kind: 'moved', storedAs: KEY });
  });

  test('at any call of a copy in parts is made good by a repetition', async () => {
    const content = Buffer.alloc(7 * MIB, 'x');
    let seen = 0;
    for (const operation of ['CreateMultipartUpload', 'UploadPartCopy', 'CompleteMultipartUpload', 'GetObject']) {
      const key = `${operation}.csv`;
      const file = await land(key, content);
      const client = s3.openClient({ maxAttempts: 1 });
      const fault = s3.simulator.injectFault({ service: 'S3', operation, call: 1, when: 'after', as: 'reset' });
      await openStore(client)
        .take(file, hashOf(content))
        .catch(() => {});
      if (fault.hasFired) seen++;
      expect(await openStore().take(file, hashOf(content))).toEqual({ kind: 'moved', storedAs: key });
    }
    expect(seen).toBe(4);
    expect((await s3.contents(bucket)).size).toBe(4);
  });
});
