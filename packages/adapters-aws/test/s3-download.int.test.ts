import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { DeleteObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { S3LandingZone } from '../src/s3/s3-landing-zone.ts';
import { streamObject } from '../src/s3/stream-object.ts';
import { listFiles, readFile } from './support/landed-files.ts';
import { type SimulatedS3, useSimulatedS3 } from './support/simulated-s3.ts';

const openS3 = useSimulatedS3();
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

describe('a download', () => {
  const LARGE = Buffer.alloc(3_000_000, 'weir, landing,');

  /** Breaks the connection of a GET after so many bytes, for the given number of GETs. */
  function breakDownloads(client: S3Client, after: number, times: number): { gets: number } {
    const seen = { gets: 0 };
    client.middlewareStack.add(
      (next, context) => async (call) => {
        const result = await next(call);
        if (context.commandName !== 'GetObjectCommand' || seen.gets++ >= times) return result;
        const response = result.response as { body: Readable };
        response.body = Readable.from(cut(response.body, after));
        return result;
      },
      { step: 'deserialize', priority: 'low', name: 'breakDownloads' },
    );
    return seen;
  }

  async function* cut(body: Readable, after: number): AsyncIterable<Uint8Array> {
    let left = after;
    for await (const chunk of body) {
      if (left > 0) yield chunk.subarray(0, left);
      left -= chunk.length;
      if (left <= 0) throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    }
  }

  async function openBroken(after: number, times: number) {
    await s3.put(bucket, 'a.csv', LARGE);
    const client = s3.openClient({ responseChecksumValidation: 'WHEN_REQUIRED' });
    const file = (await landing.find('a.csv'))!;
    const seen = breakDownloads(client, after, times);
    return { file, seen, zone: new S3LandingZone({ client, bucket }) };
  }

  test('that breaks goes on where it broke, in the same version', async () => {
    const { file, zone, seen } = await openBroken(1_000_000, 2);
    const content = await zone.open(file);
    const chunks: Uint8Array[] = [];
    for await (const chunk of content.chunks) {
      if (chunks.length === 0) await s3.put(bucket, 'a.csv', 'newer');
      chunks.push(chunk);
    }
    expect(Buffer.concat(chunks).equals(LARGE)).toBe(true);
    expect(seen.gets).toBe(3);
    expect(content.contentHash()).toBe(`sha256:${createHash('sha256').update(LARGE).digest('hex')}`);
  });

  test('that goes no further fails, and may be tried again', async () => {
    const { file, zone } = await openBroken(0, 1000);
    await expect(readFile(zone, file)).rejects.toMatchObject({
      code: 'landing.unreadable',
      retryable: true,
      message: `s3://${bucket}/a.csv cannot be read: S3 does not answer (ECONNRESET).`,
    });
  });

  test('whose version is deleted when it breaks is not cut short', async () => {
    const { file, zone } = await openBroken(1_000_000, 1);
    const content = await zone.open(file);
    const readAll = async () => {
      for await (const _ of content.chunks) {
        const VersionId = file.version.slice('v:'.length);
        await s3.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'a.csv', VersionId }));
      }
    };
    await expect(readAll()).rejects.toMatchObject({ code: 'landing.not-found', retryable: true });
    expect(() => content.contentHash()).toThrow('not read to its end');
  });

  test('does not go on in other bytes that took the place of those it had begun with', async () => {
    bucket = await s3.makeBucket({ keepsVersions: false });
    await s3.put(bucket, 'a.csv', LARGE);
    const client = s3.openClient({ responseChecksumValidation: 'WHEN_REQUIRED' });
    breakDownloads(client, 1_000_000, 1);
    const object = await streamObject(client, { bucket, key: 'a.csv' });
    const readAll = async () => {
      for await (const _ of object.chunks)
        await s3.put(
          bucket,
          'a.csv',
          LARGE.map((byte) => byte ^ 1),
        );
    };
    await expect(readAll()).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });

  test('fails when it goes on after close, and holds no connection', async () => {
    await s3.put(bucket, 'a.csv', LARGE);
    const [file] = await listFiles(landing);
    const client = s3.openClient({ requestHandler: { httpAgent: { maxSockets: 2 } } });
    const zone = new S3LandingZone({ client, bucket });
    for (let i = 0; i < 10; i++) {
      await (await zone.open(file!)).close();
      for await (const _ of (await zone.open(file!)).chunks) break;
    }
    const content = await zone.open(file!);
    await content.close();
    const readAll = async () => {
      for await (const _ of content.chunks);
    };
    await expect(readAll()).rejects.toMatchObject({ code: 'landing.unreadable' });
    expect(await readFile(zone, file!)).toBe(LARGE.toString());
  });
});
