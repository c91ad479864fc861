import { createHash } from 'node:crypto';
import { HeadObjectCommand, type HeadObjectCommandOutput, type S3Client } from '@aws-sdk/client-s3';
import { isMissing } from './s3-fault.ts';
import { streamObject } from './stream-object.ts';

/** What lies under a key of a bucket now. */
export interface StoredObject {
  readonly size: number;
  readonly etag: string | undefined;
  readonly versionId: string | undefined;
  /** Over all bytes, as S3 computed it when it was written; undefined where it did not. */
  readonly contentHash: string | undefined;
}

/** @returns undefined where there is none */
export async function headObject(client: S3Client, bucket: string, key: string): Promise<StoredObject | undefined> {
  try {
    const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }));
    return {
      size: head.ContentLength ?? 0,
      etag: head.ETag,
      versionId: head.VersionId,
      contentHash: hashFromChecksum(head),
    };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The hash of an object, from S3's own checksum or else by reading all of it. */
export async function hashObject(client: S3Client, bucket: string, key: string, stored: StoredObject): Promise<string> {
  if (stored.contentHash !== undefined) return stored.contentHash;
  const { etag, versionId } = stored;
  const object = await streamObject(client, { bucket, key, etag, versionId });
  const hash = createHash('sha256');
  try {
    for await (const chunk of object.chunks) hash.update(chunk);
  } finally {
    object.close();
  }
  return `sha256:${hash.digest('hex')}`;
}

/** A checksum of parts (`...-3`) says nothing of the whole. */
function hashFromChecksum({
  ChecksumSHA256: checksum,
  ChecksumType: type,
}: Pick<HeadObjectCommandOutput, 'ChecksumSHA256' | 'ChecksumType'>): string | undefined {
  if (checksum === undefined || type === 'COMPOSITE' || checksum.includes('-')) return undefined;
  return `sha256:${Buffer.from(checksum, 'base64').toString('hex')}`;
}
