import { ListObjectVersionsCommand, type ListObjectVersionsCommandOutput, type S3Client } from '@aws-sdk/client-s3';
import { compareUtf8, isHiddenKey, type LandedFile } from '@weir/core';
import { toLandedVersion } from './landed-version.ts';

/** One content of a key in a landing bucket. */
export interface StackedVersion {
  readonly file: LandedFile;
  /** `null` where it was put while the bucket kept no versions. */
  readonly versionId: string;
  /** With its quotes. */
  readonly etag: string;
  /** Whether it is what S3 gives where no version is named. */
  readonly isLatest: boolean;
}

/** The version id by which a call names it. A bucket that never kept versions is not asked for one by name. */
export function namedVersion({ versionId, isLatest }: StackedVersion): string | undefined {
  return versionId === 'null' && isLatest ? undefined : versionId;
}

/** Whether a file that is not in the stack was written over: what has no version id is, by the next upload. */
export function isWrittenOver({ version }: LandedFile, stack: readonly StackedVersion[]): boolean {
  return version.startsWith('e:') && stack.some(({ versionId }) => versionId === 'null');
}

/** Whether a landing place shows a key at all; a key that ends with `/` is a folder that the console made. */
export function isLandedKey(key: string, folder: string): boolean {
  return key.startsWith(folder) && key !== '' && !key.endsWith('/') && !isHiddenKey(key);
}

/**
 * The versions of one key that were not taken away, the newest first: those above its newest delete marker.
 *
 * @throws what the SDK throws
 */
export async function readStack(client: S3Client, bucket: string, key: string): Promise<readonly StackedVersion[]> {
  const versions: StackedVersion[] = [];
  for await (const page of pages(client, bucket, key, key)) {
    const found = page.versions.filter(({ file }) => file.key === key);
    if (page.markers.some((marker) => marker.key === key)) return walkStack(client, bucket, key);
    versions.push(...found);
  }
  return versions;
}

/**
 * Of each key that a landing place shows, its oldest version that was not taken away, in the byte order of the keys. In
 * pages, some of which may be empty.
 *
 * @throws what the SDK throws
 */
export async function* readOldest(
  client: S3Client,
  bucket: string,
  folder: string,
): AsyncIterable<readonly StackedVersion[]> {
  // Of the key with which the page before ended: its other versions may follow.
  let open: Stack | undefined;
  for await (const { versions, markers, endsWith } of pages(client, bucket, folder)) {
    const stacks = new Map<string, Stack>(open === undefined ? [] : [[open.key, open]]);
    for (const { key, isLatest } of markers) {
      const stack = stacks.get(key) ?? { key, oldest: undefined, marker: undefined };
      stacks.set(key, { ...stack, marker: isLatest || stack.marker === 'latest' ? 'latest' : 'older' });
    }
    for (const version of versions) {
      const { key } = version.file;
      if (!isLandedKey(key, folder)) continue;
      stacks.set(key, { key, marker: stacks.get(key)?.marker, oldest: version });
    }
    open = endsWith === undefined ? undefined : stacks.get(endsWith);
    if (open !== undefined) stacks.delete(open.key);
    yield await settle(client, bucket, [...stacks.values()]);
  }
}

interface Stack {
  readonly key: string;
  readonly oldest: StackedVersion | undefined;
  /** The most recent delete marker, if any: on top of everything, or with versions above it. */
  readonly marker: 'latest' | 'older' | undefined;
}

async function settle(client: S3Client, bucket: string, stacks: readonly Stack[]): Promise<StackedVersion[]> {
  const settled: StackedVersion[] = [];
  for (const { key, oldest, marker } of stacks) {
    if (oldest === undefined || marker === 'latest') continue;
    const found = marker === undefined ? oldest : (await walkStack(client, bucket, key)).at(-1);
    if (found !== undefined) settled.push(found);
  }
  return settled.sort((a, b) => compareUtf8(a.file.key, b.file.key));
}

/**
 * One entry a call, down to the first delete marker. The SDK gives versions and markers in two lists, and their times (whole
 * seconds; of a multipart upload when it began) do not tell in which order they lie.
 */
async function walkStack(client: S3Client, bucket: string, key: string): Promise<readonly StackedVersion[]> {
  const versions: StackedVersion[] = [];
  for await (const page of pages(client, bucket, key, key, 1)) {
    const version = page.versions.find(({ file }) => file.key === key);
    if (version === undefined) break;
    versions.push(version);
  }
  return versions;
}

interface Page {
  /** In the order of the bucket: by key, and of one key the newest first. */
  readonly versions: readonly StackedVersion[];
  readonly markers: readonly { readonly key: string; readonly isLatest: boolean }[];
  /** The key that the next page may go on with; undefined where there is none. */
  readonly endsWith: string | undefined;
}

/** @param only where it is given, pages end with this key */
async function* pages(
  client: S3Client,
  bucket: string,
  prefix: string,
  only?: string,
  maxKeys?: number,
): AsyncIterable<Page> {
  let next: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
  while (next !== undefined) {
    const answer: ListObjectVersionsCommandOutput = await client.send(
      new ListObjectVersionsCommand({
        Bucket: bucket,
        Prefix: prefix,
        // Else keys with characters that XML has no place for could not be told.
        EncodingType: 'url',
        ...(maxKeys === undefined ? {} : { MaxKeys: maxKeys }),
        ...next,
      }),
    );
    const endsWith = answer.IsTruncated === true ? decodeKey(answer.NextKeyMarker) : undefined;
    yield {
      versions: (answer.Versions ?? []).map(toStackedVersion),
      markers: (answer.DeleteMarkers ?? []).map(({ Key, IsLatest }) => ({
        key: decodeKey(Key),
        isLatest: IsLatest === true,
      })),
      endsWith,
    };
    const goesOn = endsWith !== undefined && (only === undefined || endsWith === only);
    next = goesOn ? { KeyMarker: endsWith, ...versionMarker(answer.NextVersionIdMarker) } : undefined;
  }
}

function versionMarker(id: string | undefined): { VersionIdMarker?: string } {
  return id === undefined || id === '' ? {} : { VersionIdMarker: id };
}

type ListedVersion = NonNullable<ListObjectVersionsCommandOutput['Versions']>[number];

function toStackedVersion({ Key, VersionId, ETag, Size, LastModified, IsLatest }: ListedVersion): StackedVersion {
  const [key, versionId, etag] = [decodeKey(Key), VersionId ?? 'null', ETag ?? ''];
  const version = toLandedVersion({ versionId, etag });
  const file = { key, size: Size ?? 0, modifiedAt: LastModified?.getTime() ?? 0, version };
  return { file, versionId, etag, isLatest: IsLatest === true };
}

/** S3 encodes keys in listings as forms do. */
function decodeKey(encoded: string | undefined): string {
  return decodeURIComponent((encoded ?? '').replaceAll('+', ' '));
}
