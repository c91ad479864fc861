import { randomUUID } from 'node:crypto';
import { DeleteObjectCommand, HeadBucketCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { statusOf } from '../faults/describe-service-fault.ts';
import { isMissing, isRefused, placeOf, toS3Fault } from './s3-fault.ts';

/**
 * Whether a bucket is there, and whether files may be put into it. Nothing stays behind: what is written is written under a
 * condition that cannot hold, of which S3 tells only those who may write.
 *
 * @param use for the code of an error: `landing`, `archive`
 * @throws PortError `<use>.not-found`, `<use>.unreadable`, `<use>.write-failed`
 */
export async function probeBucket(client: S3Client, bucket: string, use: string, mustWrite: boolean): Promise<void> {
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
  } catch (error) {
    const isGone = statusOf(error) === 404;
    const found = isGone
      ? Object.assign(new Error('there is none', { cause: error }), { name: 'NoSuchBucket' })
      : error;
    const code = `${use}.${isGone ? 'not-found' : 'unreadable'}`;
    throw toS3Fault(found, { code, what: `s3://${bucket} cannot be used`, bucket, permission: 's3:ListBucket' });
  }
  if (mustWrite) await probeWriting(client, bucket, use);
}

async function probeWriting(client: S3Client, bucket: string, use: string): Promise<void> {
  const place = { Bucket: bucket, Key: `weir-doctor/${randomUUID()}` };
  try {
    const { VersionId } = await client.send(
      new PutObjectCommand({ ...place, Body: new Uint8Array(0), ContentLength: 0, IfMatch: '"none"' }),
    );
    // A stand-in of S3 that knows no conditions.
    await client.send(new DeleteObjectCommand({ ...place, ...(VersionId === undefined ? {} : { VersionId }) }));
  } catch (error) {
    if (isRefused(error) || isMissing(error)) return;
    const what = `Nothing can be put into ${placeOf(bucket, '')}`;
    throw toS3Fault(error, { code: `${use}.write-failed`, what, bucket, permission: 's3:PutObject and s3:GetObject' });
  }
}
