import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  type S3Client,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { mapConcurrently } from '@weir/core';
import { namedVersion, type StackedVersion } from './landed-stack.ts';
import { retryConflicts } from './retry-conflicts.ts';

export interface CopyLimits {
  /** Up to this size one call copies everything. Bytes. */
  readonly singleCopyBytes: number;
  /** Of a larger file, bytes that one call copies; 5 MiB at least. */
  readonly partBytes: number;
}

/** What S3 allows: 5 GiB a call; parts of 512 MiB reach 5 TB in 10,000. */
export const S3_COPY_LIMITS: CopyLimits = { singleCopyBytes: 5 * 1024 ** 3, partBytes: 512 * 1024 ** 2 };

/** Metadata of a copy: when the file was landed, in ISO 8601. */
export const LANDED_AT = 'weir-landed-at';

const PARTS_AT_ONCE = 4;

export interface CopyToMake {
  readonly from: { readonly bucket: string; readonly version: StackedVersion };
  readonly to: { readonly bucket: string; readonly key: string };
  readonly limits: CopyLimits;
}

/**
 * Copies one version within S3 to a key that nothing has. The copy says in its metadata when the file was landed, which S3
 * does not keep, and which version it was.
 *
 * @returns the version id of the copy, where the bucket gives one
 * @throws what the SDK throws: a condition that does not hold where the key is taken
 */
export async function copyVersion(client: S3Client, copy: CopyToMake): Promise<string | undefined> {
  const { file, etag } = copy.from.version;
  const source = { CopySource: copySourceOf(copy.from), CopySourceIfMatch: etag };
  const properties = await readProperties(client, copy.from);
  if (file.size > copy.limits.singleCopyBytes) return copyParts(client, copy, source, properties);
  const answer = await retryConflicts(() =>
    client.send(
      new CopyObjectCommand({
        ...source,
        ...properties,
        Bucket: copy.to.bucket,
        Key: copy.to.key,
        MetadataDirective: 'REPLACE',
        ChecksumAlgorithm: 'SHA256',
        IfNoneMatch: '*',
      }),
    ),
  );
  return answer.VersionId;
}

interface CopySource {
  readonly CopySource: string;
  readonly CopySourceIfMatch: string;
}

function copySourceOf({ bucket, version }: CopyToMake['from']): string {
  const path = `${bucket}/${version.file.key}`.split('/').map(encodeURIComponent).join('/');
  const versionId = namedVersion(version);
  return versionId === undefined ? path : `${path}?versionId=${encodeURIComponent(versionId)}`;
}

async function readProperties(client: S3Client, { bucket, version }: CopyToMake['from']) {
  const { file, etag } = version;
  const versionId = namedVersion(version);
  const head = await client.send(
    new HeadObjectCommand({
      Bucket: bucket,
      Key: file.key,
      IfMatch: etag,
      ...(versionId === undefined ? {} : { VersionId: versionId }),
    }),
  );
  const landed = { [LANDED_AT]: new Date(file.modifiedAt).toISOString(), 'weir-landed-version': file.version };
  return {
    Metadata: { ...head.Metadata, ...landed },
    ...(head.ContentType === undefined ? {} : { ContentType: head.ContentType }),
    ...(head.ContentEncoding === undefined ? {} : { ContentEncoding: head.ContentEncoding }),
  };
}

async function copyParts(
  client: S3Client,
  { from, to, limits }: CopyToMake,
  source: CopySource,
  properties: Awaited<ReturnType<typeof readProperties>>,
): Promise<string | undefined> {
  const place = { Bucket: to.bucket, Key: to.key };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...place, ...properties }));
  const upload = { ...place, UploadId };
  try {
    const ranges = cutRanges(from.version.file.size, limits.partBytes);
    const Parts = await mapConcurrently(ranges, PARTS_AT_ONCE, async (range) => {
      const answer = await client.send(new UploadPartCopyCommand({ ...upload, ...source, ...range }));
      return { PartNumber: range.PartNumber, ETag: answer.CopyPartResult?.ETag };
    });
    const answer = await retryConflicts(() =>
      client.send(
        new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: [...Parts] }, IfNoneMatch: '*' }),
      ),
    );
    return answer.VersionId;
  } catch (error) {
    // Where that fails too, the bucket's lifecycle rule for uploads that were never completed does it; the first error says more.
    await client.send(new AbortMultipartUploadCommand(upload)).catch(() => {});
    throw error;
  }
}

function cutRanges(size: number, partBytes: number) {
  return Array.from({ length: Math.ceil(size / partBytes) }, (_, i) => {
    const last = Math.min(size, (i + 1) * partBytes) - 1;
    return { PartNumber: i + 1, CopySourceRange: `bytes=${i * partBytes}-${last}` };
  });
}
