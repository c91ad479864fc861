import { ServiceFault } from '../server/service.ts';
import type { Bucket } from './bucket.ts';
import { noSuchKey } from './conditions.ts';
import type { ObjectVersion, StoredObject } from './object-version.ts';

/**
 * The object that a read is about.
 *
 * @throws ServiceFault `NoSuchKey`, `NoSuchVersion`, `MethodNotAllowed` for a delete marker that is named, `InvalidArgument`
 */
export function findObject(bucket: Bucket, key: string, versionId: string | undefined): StoredObject {
  if (versionId === undefined) {
    const current = bucket.current(key);
    if (current?.kind === 'object') return current;
    throw noSuchKey(current === undefined ? {} : markerHeaders(current));
  }
  const version = findVersion(bucket, key, versionId);
  if (version === undefined) {
    throw new ServiceFault('NoSuchVersion', 'The specified version does not exist.', 404, {
      fields: { Key: key, VersionId: versionId },
    });
  }
  if (version.kind === 'object') return version;
  throw new ServiceFault('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405, {
    headers: { ...markerHeaders(version), allow: 'DELETE', 'last-modified': version.lastModified.toUTCString() },
  });
}

/** @throws ServiceFault `InvalidArgument` where the text is no version id at all */
export function findVersion(bucket: Bucket, key: string, versionId: string): ObjectVersion | undefined {
  if (versionId !== 'null' && !/^[\w.]{32}$/.test(versionId)) {
    throw new ServiceFault('InvalidArgument', 'Invalid version id specified', 400, {
      fields: { ArgumentName: 'versionId', ArgumentValue: versionId },
    });
  }
  return bucket.find(key, versionId);
}

function markerHeaders({ versionId }: ObjectVersion): Record<string, string> {
  return { 'x-amz-delete-marker': 'true', 'x-amz-version-id': versionId };
}
