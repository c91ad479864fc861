import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketEncryptionCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AwsSimulator, startAwsSimulator } from '../src/index.ts';

let simulator: AwsSimulator;
let s3: S3Client;
const Bucket = 'versioned';
const Plain = 'plain';

beforeAll(async () => {
  simulator = await startAwsSimulator({ s3: { maxCopySize: 1000 } });
  s3 = new S3Client(simulator.clientConfig);
  for (const name of [Bucket, Plain]) await s3.send(new CreateBucketCommand({ Bucket: name }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
});

afterAll(async () => {
  s3.destroy();
  await simulator.close();
});

const put = (Key: string, Body: string, more: object = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const text = async (Key: string, more: object = {}) =>
  (await s3.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body!.transformToString();
const status = async (call: Promise<unknown>) =>
  call.then(
    () => 200,
    (error) => `${error.$metadata.httpStatusCode} ${error.name}`,
  );

describe('objects', () => {
  test.each([['a b+c&d=e%2F.csv'], ['größe/日本/𝒳.csv'], ["it's (1)!*~;:@,$?#[].csv"], ['//double//slash/']])(
    'keep the key %s byte for byte',
    async (Key) => {
      await put(Key, 'x');
      expect(await text(Key)).toBe('x');
      expect(simulator.parts.s3.keysBelow(Bucket, Key)).toEqual([Key]);
    },
  );

  test('come back whole from a stream, whose checksum is in its trailer', async () => {
    const chunks = Array.from({ length: 50 }, (_, i) => Buffer.alloc(70_001, i));
    const Body = Readable.from(chunks);
    const ContentLength = 50 * 70_001;
    await s3.send(new PutObjectCommand({ Bucket, Key: 'stream', Body, ContentLength }));
    const read = await s3.send(new GetObjectCommand({ Bucket, Key: 'stream' }));
    expect(Buffer.concat(chunks).equals(await read.Body!.transformToByteArray())).toBe(true);
    expect(read.ContentEncoding).toBeUndefined();
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'stream', ChecksumMode: 'ENABLED' }));
    expect(head.ChecksumCRC32).toMatch(/^[\w+/]{6}==$/);
  });

  test.each([
    ['CRC32', 'y/Q5Jg=='],
    ['CRC32C', '4waSgw=='],
    ['CRC64NVME', 'rosUhgp5mIg='],
    ['SHA1', '98O8HYCOBHMq32eZZczDTKeuNEE='],
    ['SHA256', 'FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU='],
  ] as const)('are checked by %s and tell it when asked', async (algorithm, value) => {
    const name = `Checksum${algorithm}` as const;
    await put('sum', '123456789', { [name]: value });
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'sum', ChecksumMode: 'ENABLED' }));
    expect(head[name]).toBe(value);
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'sum' })))[name]).toBeUndefined();
    expect(await status(put('sum', '123456780', { [name]: value }))).toBe('400 BadDigest');
  });

  test('without a checksum of the client have a CRC64NVME', async () => {
    const quiet = new S3Client({ ...simulator.clientConfig, requestChecksumCalculation: 'WHEN_REQUIRED' });
    await quiet.send(new PutObjectCommand({ Bucket, Key: 'none', Body: '123456789' }));
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'none', ChecksumMode: 'ENABLED' }));
    expect(head.ChecksumCRC64NVME).toBe('rosUhgp5mIg=');
    expect(head.ETag).toBe('"25f9e794323b453885f5181f1b624d0b"');
    quiet.destroy();
  });

  test('give ranges, and refuse what lies behind their end', async () => {
    await put('range', '0123456789');
    expect(await text('range', { Range: 'bytes=2-4' })).toBe('234');
    expect(await text('range', { Range: 'bytes=7-' })).toBe('789');
    expect(await text('range', { Range: 'bytes=-2' })).toBe('89');
    const read = await s3.send(new GetObjectCommand({ Bucket, Key: 'range', Range: 'bytes=5-100' }));
    expect([read.ContentRange, read.ContentLength]).toEqual(['bytes 5-9/10', 5]);
    await read.Body!.transformToString();
    expect(await status(text('range', { Range: 'bytes=10-' }))).toBe('416 InvalidRange');
  });

  test('have a LastModified in whole seconds, and what a test chose', async () => {
    simulator.putObjectAt(Bucket, 'old', 'x', new Date('2023-03-15T10:11:12.999Z'));
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'old' }));
    expect(head.LastModified).toEqual(new Date('2023-03-15T10:11:12Z'));
  });

  test('are read under conditions', async () => {
    const { ETag } = await put('read', 'x');
    expect(await text('read', { IfMatch: ETag })).toBe('x');
    expect(await status(text('read', { IfMatch: '"other"' }))).toBe('412 PreconditionFailed');
    expect(await status(text('read', { IfNoneMatch: ETag }))).toMatch(/^304 /);
  });
});

describe('objects of a bucket that a key of KMS encrypts', () => {
  test('have an ETag that tells nothing of their content', async () => {
    const ServerSideEncryptionConfiguration = {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const } }],
    };
    await s3.send(new CreateBucketCommand({ Bucket: 'secret' }));
    await s3.send(new PutBucketEncryptionCommand({ Bucket: 'secret', ServerSideEncryptionConfiguration }));
    const object = { Bucket: 'secret', Key: 'k', Body: 'same' };
    const [one, two] = [await s3.send(new PutObjectCommand(object)), await s3.send(new PutObjectCommand(object))];
    expect(one.ServerSideEncryption).toBe('aws:kms');
    expect(one.ETag).toMatch(/^"[0-9a-f]{32}"$/);
    expect(one.ETag).not.toBe(two.ETag);
    expect(await status(s3.send(new PutObjectCommand({ ...object, IfMatch: one.ETag! })))).toBe(
      '412 PreconditionFailed',
    );
    await s3.send(new PutObjectCommand({ ...object, IfMatch: two.ETag! }));
  });
});

describe('conditional writes', () => {
  test('create a key once', async () => {
    await put('once', '1', { IfNoneMatch: '*' });
    expect(await status(put('once', '2', { IfNoneMatch: '*' }))).toBe('412 PreconditionFailed');
    expect(await text('once')).toBe('1');
    expect(await status(put('once', '3', { IfNoneMatch: '"etag"' }))).toBe('501 NotImplemented');
  });

  test('replace what has the ETag, and nothing else', async () => {
    const { ETag } = await put('cas', '1');
    const { ETag: next } = await put('cas', '2', { IfMatch: ETag });
    expect(await status(put('cas', '3', { IfMatch: ETag }))).toBe('412 PreconditionFailed');
    expect(await status(put('cas-none', '3', { IfMatch: ETag }))).toBe('404 NoSuchKey');
    await put('cas', '4', { IfMatch: next });
    expect(await text('cas')).toBe('4');
  });

  test('take a delete marker for nothing', async () => {
    const { ETag } = await put('marked', '1');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'marked' }));
    expect(await status(put('marked', '2', { IfMatch: ETag }))).toBe('404 NoSuchKey');
    await put('marked', '2', { IfNoneMatch: '*' });
    expect(await text('marked')).toBe('2');
  });

  test('meet a conflict where one is injected', async () => {
    const conflict = { code: 'ConditionalRequestConflict', status: 409, message: 'Try again.' };
    simulator.injectFault({ service: 'S3', operation: 'PutObject', call: 1, when: 'before', as: conflict });
    expect(await status(put('race', '1', { IfNoneMatch: '*' }))).toBe('409 ConditionalRequestConflict');
    await put('race', '1', { IfNoneMatch: '*' });
  });
});

describe('copies', () => {
  const copy = (Key: string, CopySource: string, more: object = {}) =>
    s3.send(new CopyObjectCommand({ Bucket: Plain, Key, CopySource, ...more }));
  const source = (key: string) => `${Bucket}/${encodeURIComponent(key)}`;

  test('take the version that is named, from a source that is URL-encoded', async () => {
    const key = 'day=1/a+b c%ü.csv';
    const first = await put(key, 'first');
    await put(key, 'second');
    const { CopySourceVersionId } = await copy('copy', `${source(key)}?versionId=${first.VersionId}`);
    expect(CopySourceVersionId).toBe(first.VersionId);
    expect(simulator.parts.s3.read(Plain, 'copy')?.toString()).toBe('first');
    await copy('copy', source(key));
    expect(simulator.parts.s3.read(Plain, 'copy')?.toString()).toBe('second');
  });

  test('read + in a source that is not encoded as a blank', async () => {
    await put('plus+sign', 'x');
    expect(await status(copy('copy', `${Bucket}/plus+sign`))).toBe('404 NoSuchKey');
  });

  test('hold to conditions on the source', async () => {
    const { ETag } = await put('from', '1');
    await copy('to', source('from'), { CopySourceIfMatch: ETag });
    const failed = '412 PreconditionFailed';
    expect(await status(copy('to', source('from'), { CopySourceIfMatch: '"no"' }))).toBe(failed);
    expect(await status(copy('to', source('from'), { CopySourceIfNoneMatch: ETag }))).toBe(failed);
  });

  test('hold to conditions on the destination', async () => {
    const { ETag } = await put('from', '1');
    const { CopyObjectResult } = await copy('dest', source('from'), { IfNoneMatch: '*' });
    expect(await status(copy('dest', source('from'), { IfNoneMatch: '*' }))).toBe('412 PreconditionFailed');
    expect(await status(copy('dest', source('from'), { IfMatch: '"no"' }))).toBe('412 PreconditionFailed');
    await copy('dest', source('from'), { IfMatch: CopyObjectResult!.ETag, CopySourceIfMatch: ETag });
  });

  test('of more than one call takes are refused, and of an object to itself', async () => {
    await put('big', 'x'.repeat(1001));
    expect(await status(copy('big', source('big')))).toBe('400 InvalidRequest');
    const self = new CopyObjectCommand({ Bucket, Key: 'from', CopySource: source('from') });
    expect(await status(s3.send(self))).toBe('400 InvalidRequest');
  });
});

describe('deletes', () => {
  test('hide a versioned object behind a marker, and a version goes for good', async () => {
    const { VersionId } = await put('gone', '1');
    const { DeleteMarker, VersionId: marker } = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    expect(DeleteMarker).toBe(true);
    expect(await status(text('gone'))).toBe('404 NoSuchKey');
    expect(await status(text('gone', { VersionId: marker }))).toBe('405 MethodNotAllowed');
    expect(await text('gone', { VersionId })).toBe('1');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone', VersionId: marker! }));
    expect(await text('gone')).toBe('1');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone', VersionId: VersionId! }));
    expect(await status(text('gone', { VersionId }))).toBe('404 NoSuchVersion');
    expect(await status(text('gone', { VersionId: 'nonsense' }))).toBe('400 InvalidArgument');
  });

  test('of what is not there succeed', async () => {
    expect(await status(s3.send(new DeleteObjectCommand({ Bucket: Plain, Key: 'never' })))).toBe(200);
  });

  test('hold to the ETag of the current version', async () => {
    const { ETag } = await put('guarded', '1');
    const remove = (Key: string, IfMatch: string) => s3.send(new DeleteObjectCommand({ Bucket, Key, IfMatch }));
    expect(await status(remove('guarded', '"no"'))).toBe('412 PreconditionFailed');
    expect(await status(remove('never', ETag!))).toBe('404 NoSuchKey');
    expect(await status(remove('guarded', ETag!))).toBe(200);
    expect(await status(remove('guarded', '*'))).toBe('412 PreconditionFailed');
  });

  test('of many name what failed', async () => {
    await put('many <&>\r\n', '1');
    const { ETag } = await put('kept', '1');
    const Objects = [{ Key: 'many <&>\r\n' }, { Key: 'kept', ETag: '"no"' }];
    const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Deleted).toMatchObject([{ Key: 'many <&>\r\n', DeleteMarker: true }]);
    expect(Errors).toMatchObject([{ Key: 'kept', Code: 'PreconditionFailed' }]);
    expect(await text('kept', { IfMatch: ETag })).toBe('1');
  });
});
