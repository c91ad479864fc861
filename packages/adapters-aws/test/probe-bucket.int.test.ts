import {
  CreateBucketCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AwsSimulator, startAwsSimulator } from '@weir/aws-simulator';
import { probeBucket } from '../src/index.ts';
import { inThisRealm } from './support/in-this-realm.ts';

const BUCKETS = ['plain', 'versioned'];

let simulator: AwsSimulator;
let client: S3Client;
beforeAll(async () => {
  simulator = await startAwsSimulator();
  client = inThisRealm(new S3Client({ ...simulator.clientConfig, maxAttempts: 1 }));
  for (const Bucket of BUCKETS) await client.send(new CreateBucketCommand({ Bucket }));
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await client.send(new PutBucketVersioningCommand({ Bucket: 'versioned', VersioningConfiguration }));
});
afterAll(() => simulator.close());

const refusing = (operation: string, name: string, httpStatusCode: number) =>
  ({
    send: async (command: { constructor: { name: string } }) => {
      if (command.constructor.name !== operation) return await client.send(command as never);
      throw Object.assign(new Error('refused'), { name, $metadata: { httpStatusCode } });
    },
  }) as unknown as S3Client;

describe('a bucket', () => {
  it.each(BUCKETS)('can be used, and is left without a trace: %s', async (Bucket) => {
    await probeBucket(client, Bucket, 'archive', true);
    const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    expect([...Versions, ...DeleteMarkers]).toEqual([]);
  });
  it('that is not there is told', async () => {
    await expect(probeBucket(client, 'nowhere', 'archive', false)).rejects.toMatchObject({
      code: 'archive.not-found',
      message: 's3://nowhere cannot be used: there is no bucket nowhere.',
    });
  });
  it('that may not be looked at is told, with the right that is missing', async () => {
    const refused = probeBucket(refusing('HeadBucketCommand', 'Forbidden', 403), 'plain', 'landing', false);
    await expect(refused).rejects.toMatchObject({
      code: 'landing.unreadable',
      remedy: expect.stringContaining('s3:ListBucket'),
    });
  });
  it('that may not be written to is told, with the right that is missing', async () => {
    const client = refusing('PutObjectCommand', 'AccessDenied', 403);
    await expect(probeBucket(client, 'plain', 'archive', true)).rejects.toMatchObject({
      code: 'archive.write-failed',
      remedy: expect.stringContaining('s3:PutObject'),
    });
    await probeBucket(client, 'plain', 'landing', false);
  });
});
