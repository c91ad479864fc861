import { ServiceFault } from '../server/service.ts';
import type { Bucket } from './bucket.ts';
import { checkCopyConditions, noSuchKey } from './conditions.ts';
import { findVersion } from './find-version.ts';
import type { StoredObject } from './object-version.ts';
import type { S3Call } from './s3-call.ts';

export interface CopySource {
  readonly bucket: Bucket;
  readonly object: StoredObject;
  /** Whether the client named the version. */
  readonly isVersionNamed: boolean;
}

/**
 * The source that `x-amz-copy-source` names, its conditions checked. The header is URL-encoded, and `+` in it is a blank.
 *
 * @throws ServiceFault `InvalidArgument`, `NoSuchBucket`, `NoSuchKey`, `NoSuchVersion`, `InvalidRequest`, `PreconditionFailed`
 */
export function readCopySource({ request, store }: S3Call): CopySource {
  const header = request.headers['x-amz-copy-source']!;
  const [path, query = ''] = header.split('?', 2) as [string, string?];
  const name = decode(path).replace(/^\//, '');
  const slash = name.indexOf('/');
  if (slash <= 0 || slash === name.length - 1) throw invalidSource();
  const bucket = store.bucket(name.slice(0, slash));
  const versionId = new URLSearchParams(query).get('versionId') ?? undefined;
  const object = find(bucket, name.slice(slash + 1), versionId);
  checkCopyConditions(request.headers, object);
  return { bucket, object, isVersionNamed: versionId !== undefined };
}

function find(bucket: Bucket, key: string, versionId: string | undefined): StoredObject {
  const version = versionId === undefined ? bucket.current(key) : findVersion(bucket, key, versionId);
  if (version?.kind === 'object') return version;
  if (versionId === undefined) throw noSuchKey();
  if (version === undefined) throw new ServiceFault('NoSuchVersion', 'The specified version does not exist.', 404);
  throw new ServiceFault(
    'InvalidRequest',
    'The source of a copy request may not specifically refer to a delete marker by version id.',
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidSource();
  }
}

function invalidSource(): ServiceFault {
  return new ServiceFault('InvalidArgument', 'Invalid copy source object key', 400, {
    fields: { ArgumentName: 'x-amz-copy-source' },
  });
}
