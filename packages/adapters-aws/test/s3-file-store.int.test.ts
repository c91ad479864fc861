import {
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
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
const callsOf = (name: string) => s3.simulator.countOf(name);

async function land(key: string, content: string | Uint8Array): Promise<LandedFile> {
  await s3.put(landingBucket, key, content);
  return (await landing.find(key))!;
}

/** Something happens once, right before the first call of a command leaves the client. */
function clientWith(commandName: string, happen: () => Promise<unknown>): S3Client {
  const client = s3.openClient({});
  let isDone = false;
  client.middlewareStack.add(
    (next, context) => async (call) => {
      if (context.commandName === commandName && !isDone) {
        isDone = true;
        await happen();
      }
      return next(call);
    },
    { step: 'initialize', name: 'happenBefore' },
  );
  return client;
}

test('never takes the landing bucket for a store', () => {
  expect(() => new S3FileStore({ client: s3.client, bucket: 'same', landingBucket: 'same' })).toThrow(
    expect.objectContaining({ code: 'archive.overlaps-landing' }),
  );
});

describe('a copy', () => {
  test('keeps any key, what S3 was told of it, and when it was landed', async () => {
    const Metadata = { shop: 'Berlin' };
    const put = { Bucket: landingBucket, Key: KEY, Body: 'one', ContentType: 'text/csv', Metadata };
    await s3.client.send(new PutObjectCommand(put));
    const file = (await landing.find(KEY))!;
    expect(await openStore().take(file, hashOf('one'))).toEqual({ kind: 'moved', storedAs: KEY });
    const head = await s3.client.send(new HeadObjectCommand({ Bucket: bucket, Key: KEY }));
    expect(head).toMatchObject({
      ContentType: 'text/csv',
      Metadata: {
        shop: 'Berlin',
        'weir-landed-at': new Date(file.modifiedAt).toISOString(),
        'weir-landed-version': file.version,
      },
    });
  });

  test.each([
    ['of as many bytes as one call copies', 6 * MIB, 0],
    ['of more', 6 * MIB + 1, 2],
    ['of whole parts', 10 * MIB, 2],
    ['of several parts', 15 * MIB + 1, 4],
  ])('%s has the same bytes', async (_, size, parts) => {
    const content = Buffer.alloc(size, 'weir, archive,');
    const file = await land(KEY, content);
    const before = callsOf('S3.UploadPartCopy');
    expect(await openStore().take(file, hashOf(content))).toEqual({ kind: 'moved', storedAs: KEY });
    expect(callsOf('S3.UploadPartCopy') - before).toBe(parts);
    expect((await s3.get(bucket, KEY))!.equals(content)).toBe(true);
    expect(await s3.get(landingBucket, KEY)).toBeUndefined();
  });

  test('is made in one call where S3 computes the hash: not a byte is read', async () => {
    const file = await land(KEY, 'one');
    const before = callsOf('S3.GetObject');
    await openStore().take(file, hashOf('one'));
    expect(callsOf('S3.GetObject')).toBe(before);
  });

  test('in parts leaves nothing behind where the name is taken meanwhile', async () => {
    const content = Buffer.alloc(7 * MIB, 'x');
    const file = await land('a.csv', content);
    const client = clientWith('CompleteMultipartUploadCommand', () => s3.put(bucket, 'a.csv', 'other'));
    const outcome = await openStore(client).take(file, hashOf(content));
    const digits = hashOf(content).slice('sha256:'.length, 'sha256:'.length + 12);
    expect(outcome).toEqual({ kind: 'moved', storedAs: `a.${digits}.csv` });
    expect((await s3.get(bucket, 'a.csv'))!.toString()).toBe('other');
    const { Uploads = [] } = await s3.client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    expect(Uploads).toEqual([]);
  });

  test('in parts with other bytes than were committed is deleted again', async () => {
    const file = await land('a.csv', Buffer.alloc(7 * MIB, 'x'));
    await expect(openStore().take(file, hashOf('other'))).rejects.toMatchObject({
      code: 'archive.unreadable',
      message: `s3://${landingBucket}/a.csv (version ${file.version}) has not the content that was committed; it stays where it is.`,
    });
    expect(await s3.contents(bucket)).toEqual(new Map());
    expect(await landing.find('a.csv', file.version)).toEqual(file);
  });
});

describe('a newer version', () => {
  test.each(['HeadObjectCommand', 'CopyObjectCommand', 'DeleteObjectCommand'])(
    'that comes right before %s is not touched',
    async (command) => {
      const file = await land(KEY, 'one');
      const client = clientWith(command, () => s3.put(landingBucket, KEY, 'two'));
      expect(await openStore(client).take(file, hashOf('one'))).toEqual({ kind: 'moved', storedAs: KEY });
      expect((await s3.get(bucket, KEY))!.toString()).toBe('one');
      const files = (await landing.find(KEY))!;
      expect(await openStore().take(files, hashOf('two'))).toMatchObject({ kind: 'moved' });
    },
  );

  test.each([
    ['CopyObjectCommand', undefined],
    ['DeleteObjectCommand', 'a.csv'],
  ])('that comes right before %s is not touched where the bucket keeps no versions', async (command, storedAs) => {
    landingBucket = await s3.makeBucket({ keepsVersions: false });
    landing = new S3LandingZone({ client: s3.client, bucket: landingBucket });
    const file = await land('a.csv', 'one');
    const client = clientWith(command, () => s3.put(landingBucket, 'a.csv', 'two'));
    expect(await openStore(client).take(file, hashOf('one'))).toEqual({ kind: 'source-changed', storedAs });
    expect((await s3.get(landingBucket, 'a.csv'))!.toString()).toBe('two');
  });

  test('is left where the older one was landed before the bucket kept versions', async () => {
    landingBucket = await s3.makeBucket({ keepsVersions: false });
    landing = new S3LandingZone({ client: s3.client, bucket: landingBucket });
    const plain = await land('a.csv', 'one');
    const VersioningConfiguration = { Status: 'Enabled' as const };
    await s3.client.send(new PutBucketVersioningCommand({ Bucket: landingBucket, VersioningConfiguration }));
    await land('a.csv', 'two');
    expect(await openStore().take(plain, hashOf('one'))).toEqual({ kind: 'moved', storedAs: 'a.csv' });
    expect(await landing.find('a.csv', plain.version)).toBeUndefined();
    expect((await s3.get(landingBucket, 'a.csv'))!.toString()).toBe('two');
  });
});

describe('somebody else', () => {
  test.each(['HeadObjectCommand', 'CopyObjectCommand'])('who took it away right before %s', async (command) => {
    const file = await land(KEY, 'one');
    const client = clientWith(command, () => openStore().take(file, hashOf('one')));
    expect(await openStore(client).take(file, hashOf('one'))).toEqual({ kind: 'moved', storedAs: KEY });
    expect(await s3.contents(bucket)).toEqual(new Map([[KEY, Buffer.from('one')]]));
  });

  test('who deleted it is not undone', async () => {
    const file = await land(KEY, 'one');
    const client = clientWith('CopyObjectCommand', () => s3.remove(landingBucket, KEY));
    expect((await openStore(client).take(file, hashOf('one'))).kind).toBe('moved');
    expect(await s3.get(landingBucket, KEY)).toBeUndefined();
  });
});

describe('a fault', () => {
  const deny = (operation: string) => {
    const as = { code: 'AccessDenied', status: 403, message: 'Access Denied' };
    s3.simulator.injectFault({ service: 'S3', operation, call: 1, when: 'before', as });
  };

  test.each([
    ['ListObjectVersions', 'archive.unreadable', 's3:ListBucketVersions'],
    ['CopyObject', 'archive.write-failed', 's3:GetObjectVersion'],
    ['DeleteObject', 'archive.write-failed', 's3:DeleteObjectVersion'],
  ])('of permission at %s says which is missing, and the file stays', async (operation, code, permission) => {
    const file = await land(KEY, 'one');
    deny(operation);
    await expect(openStore().take(file, hashOf('one'))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(': permission is denied.'),
      remedy: expect.stringContaining(permission),
      retryable: false,
      context: { serviceCode: 'AccessDenied', status: 403 },
    });
    expect(await landing.find(KEY)).toEqual(file);
  });

  test('of a missing bucket names it', async () => {
    const file = await land(KEY, 'one');
    const store = new S3FileStore({ client: s3.client, bucket: 'nowhere', landingBucket });
    await expect(store.take(file, hashOf('one'))).rejects.toMatchObject({
      code: 'archive.write-failed',
      message: expect.stringMatching(/ cannot be copied to s3:\/\/nowhere\/.*: there is no bucket nowhere\.$/),
    });
  });
});

test('reads back the bytes of what another program stored without a hash', async () => {
  const file = await land('a.csv', 'one');
  await s3.put(bucket, 'a.csv', 'one');
  const before = callsOf('S3.GetObject');
  expect(await openStore().take(file, hashOf('one'))).toEqual({ kind: 'moved', storedAs: 'a.csv' });
  expect(callsOf('S3.GetObject')).toBe(before + 1);
  const answer = await s3.client.send(new GetObjectCommand({ Bucket: bucket, Key: 'a.csv' }));
  expect(answer.Metadata).not.toHaveProperty('weir-landed-at');
});
