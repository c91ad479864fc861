import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AwsSimulator, startAwsSimulator } from '../src/index.ts';

let simulator: AwsSimulator;
let s3: S3Client;
const Bucket = 'parts';

beforeAll(async () => {
  simulator = await startAwsSimulator({ s3: { minPartSize: 10 } });
  s3 = new S3Client(simulator.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  s3.destroy();
  await simulator.close();
});

const create = async (Key: string, more: object = {}) =>
  (await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }))).UploadId!;
const upload = async (Key: string, UploadId: string, PartNumber: number, Body: string, more: object = {}) => ({
  PartNumber,
  ETag: (await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ...more }))).ETag,
});
const complete = (Key: string, UploadId: string, Parts: object[], more: object = {}) =>
  s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, ...more }));
const nameOf = (call: Promise<unknown>) =>
  call.then(
    () => 'fine',
    (error) => error.name,
  );

describe('a multipart upload', () => {
  test('is one object, with an ETag that is no MD5 of it', async () => {
    const id = await create('whole', { ContentType: 'text/csv', Metadata: { day: '1' } });
    const parts = [await upload('whole', id, 1, '0123456789'), await upload('whole', id, 3, 'end')];
    const { ETag } = await complete('whole', id, parts);
    const digests = ['0123456789', 'end'].map((part) => createHash('md5').update(part).digest());
    expect(ETag).toBe(`"${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-2"`);
    expect(simulator.parts.s3.read(Bucket, 'whole')!.toString()).toBe('0123456789end');
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'whole' }));
    expect([head.ContentType, head.Metadata]).toEqual(['text/csv', { day: '1' }]);
  });

  test('has a checksum of the checksums of its parts', async () => {
    const sha = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest();
    const id = await create('sums', { ChecksumAlgorithm: 'SHA256' });
    const more = { ChecksumAlgorithm: 'SHA256' };
    const parts = [await upload('sums', id, 1, '0123456789', more), await upload('sums', id, 2, 'end', more)];
    const { ChecksumSHA256 } = await complete('sums', id, parts);
    expect(ChecksumSHA256).toBe(`${sha(Buffer.concat([sha('0123456789'), sha('end')])).toString('base64')}-2`);
  });

  test('is refused with parts that are small, out of order, or not there', async () => {
    const id = await create('bad');
    const [one, two] = [await upload('bad', id, 1, 'short'), await upload('bad', id, 2, '0123456789')];
    expect(await nameOf(complete('bad', id, [one, two]))).toBe('EntityTooSmall');
    expect(await nameOf(complete('bad', id, [two, one]))).toBe('InvalidPartOrder');
    expect(await nameOf(complete('bad', id, [{ ...two, ETag: '"no"' }]))).toBe('InvalidPart');
    expect(await nameOf(complete('bad', id, [two]))).toBe('fine');
    expect(await nameOf(complete('bad', id, [two]))).toBe('NoSuchUpload');
  });

  test('creates a key once', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'taken', Body: '1' }));
    const id = await create('taken');
    const parts = [await upload('taken', id, 1, '2')];
    expect(await nameOf(complete('taken', id, parts, { IfNoneMatch: '*' }))).toBe('PreconditionFailed');
    expect(simulator.parts.s3.read(Bucket, 'taken')!.toString()).toBe('1');
  });

  test('is listed until it is completed or aborted', async () => {
    const id = await create('open');
    const open = async () =>
      ((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads ?? []).map(({ UploadId }) => UploadId);
    expect(await open()).toContain(id);
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'open', UploadId: id }));
    expect(await open()).not.toContain(id);
    expect(await nameOf(upload('open', id, 1, 'x'))).toBe('NoSuchUpload');
  });

  test('copies ranges of another object, under its conditions', async () => {
    const { ETag } = await s3.send(new PutObjectCommand({ Bucket, Key: 'from', Body: 'abcdefghijklmno' }));
    const id = await create('to');
    const copy = async (PartNumber: number, CopySourceRange: string, more: object = {}) => {
      const part = { Bucket, Key: 'to', UploadId: id, CopySource: `${Bucket}/from`, PartNumber, CopySourceRange };
      return (await s3.send(new UploadPartCopyCommand({ ...part, ...more }))).CopyPartResult!.ETag;
    };
    const parts = [
      { PartNumber: 1, ETag: await copy(1, 'bytes=0-9', { CopySourceIfMatch: ETag }) },
      { PartNumber: 2, ETag: await copy(2, 'bytes=10-14') },
    ];
    expect(await nameOf(copy(3, 'bytes=0-99'))).toBe('InvalidArgument');
    expect(await nameOf(copy(3, 'bytes=0-9', { CopySourceIfMatch: '"no"' }))).toBe('PreconditionFailed');
    await complete('to', id, parts);
    expect(simulator.parts.s3.read(Bucket, 'to')!.toString()).toBe('abcdefghijklmno');
  });
});
