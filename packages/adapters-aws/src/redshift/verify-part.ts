import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { PortError } from '@weir/core';
import { placeOf, toS3Fault } from '../s3/s3-fault.ts';
import type { StagedPart } from '../s3/staged-part-writer.ts';
import type { StagingPlace } from './staging-place.ts';

/**
 * Looks whether an object is there as its writer told: that size, and that checksum by S3's own account.
 *
 * @throws PortError `warehouse.stage-damaged` where it is not, `warehouse.stage-unreadable` where S3 does not tell
 */
export async function verifyPart({ client, bucket }: StagingPlace, part: StagedPart): Promise<void> {
  const { key, bytes, checksum } = part;
  try {
    const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }));
    if (head.ContentLength === bytes && head.ChecksumSHA256 === checksum) return;
  } catch (error) {
    if ((error as { name?: string }).name !== 'NotFound') {
      const what = `The staged part in ${placeOf(bucket, key)} cannot be looked at`;
      throw toS3Fault(error, { code: 'warehouse.stage-unreadable', what, bucket, key, permission: 's3:GetObject' });
    }
  }
  throw damaged(bucket, key, 'is missing, or is not what its writer wrote');
}

/** @throws PortError `warehouse.stage-damaged` where a part lies elsewhere, or is told twice */
export function requireOwnParts(bucket: string, prefix: string, parts: readonly StagedPart[]): void {
  const seen = new Set<string>();
  for (const { key, table } of parts) {
    if (!key.startsWith(`${prefix}${table}/`)) throw damaged(bucket, key, `does not lie under ${prefix}${table}/`);
    if (seen.has(key)) throw damaged(bucket, key, 'was told twice');
    seen.add(key);
  }
}

function damaged(bucket: string, key: string, what: string): PortError {
  return new PortError({
    code: 'warehouse.stage-damaged',
    message: `The staged part ${placeOf(bucket, key)} ${what}; nothing was committed.`,
    remedy: 'Run again: the files are staged anew. Look for whatever changes objects of the staging bucket.',
    retryable: true,
    context: { bucket, key },
  });
}
