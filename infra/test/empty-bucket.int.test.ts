import {
  CreateBucketCommand,
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AwsSimulator, startAwsSimulator } from '@weir/aws-simulator';
import { emptyBucket } from '../src/commands/empty-bucket.ts';

let simulator: AwsSimulator;
let client: S3Client;

beforeAll(async () => {
  simulator = await startAwsSimulator();
  client = new S3Client(simulator.clientConfig);
});

afterAll(async () => {
  client.destroy();
  await simulator.close();
});

test('deletes every version and every delete marker, also of more keys than a page holds, and nothing elsewhere', async () => {
  for (const Bucket of ['doomed', 'other']) {
    await client.send(new CreateBucketCommand({ Bucket }));
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'first' }));
    await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'second' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  }
  for (let i = 0; i < 1100; i++) {
    await client.send(new PutObjectCommand({ Bucket: 'doomed', Key: `many/${i}`, Body: 'x' }));
  }

  expect(await emptyBucket(client, 'doomed')).toBe(1103);
  const left = await client.send(new ListObjectVersionsCommand({ Bucket: 'doomed' }));
  expect([left.Versions ?? [], left.DeleteMarkers ?? []]).toEqual([[], []]);
  const other = await client.send(new ListObjectVersionsCommand({ Bucket: 'other' }));
  expect([other.Versions?.length, other.DeleteMarkers?.length]).toEqual([2, 1]);
  expect(await emptyBucket(client, 'doomed')).toBe(0);
});
