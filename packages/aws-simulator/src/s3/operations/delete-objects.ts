import { ServiceFault, type ServiceResponse } from '../../server/service.ts';
import type { Bucket } from '../bucket.ts';
import { checkDeleteCondition } from '../conditions.ts';
import { findVersion } from '../find-version.ts';
import type { ObjectVersion } from '../object-version.ts';
import { readPayload } from '../read-payload.ts';
import type { S3Call } from '../s3-call.ts';
import { element, parseXml, type Xml, xmlResponse } from '../xml.ts';

const MAX_KEYS = 1000;

interface Target {
  readonly key: string;
  readonly versionId: string | undefined;
  readonly etag: string | undefined;
}

export function deleteObject(call: S3Call): ServiceResponse {
  const { request, store, key } = call;
  const bucket = store.bucket(call.bucketName);
  const versionId = request.query.get('versionId') ?? undefined;
  const version = remove(call, bucket, { key, versionId, etag: request.headers['if-match'] });
  const isMarker = version?.kind === 'marker';
  const id = versionId ?? (isMarker ? version.versionId : undefined);
  return {
    status: 204,
    headers: {
      ...(isMarker ? { 'x-amz-delete-marker': 'true' } : {}),
      ...(id === undefined ? {} : { 'x-amz-version-id': id }),
    },
  };
}

export function deleteObjects(call: S3Call): ServiceResponse {
  const { request, store } = call;
  const bucket = store.bucket(call.bucketName);
  const { bytes, checksum } = readPayload(request);
  if (checksum === undefined && request.headers['content-md5'] === undefined) {
    throw new ServiceFault(
      'InvalidRequest',
      'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
    );
  }
  const parsed = parseXml(bytes, 'Delete', ['Object']);
  const objects: { Key: string; VersionId?: string; ETag?: string }[] = parsed.Object ?? [];
  if (objects.length === 0 || objects.length > MAX_KEYS) {
    throw new ServiceFault('MalformedXML', `A request names from 1 to ${MAX_KEYS} keys`);
  }
  const results = objects.map(({ Key, VersionId, ETag }) =>
    tryRemove(call, bucket, { key: Key, versionId: VersionId, etag: ETag }, parsed.Quiet === 'true'),
  );
  return xmlResponse('DeleteResult', results.flat());
}

function tryRemove(call: S3Call, bucket: Bucket, target: Target, isQuiet: boolean): readonly Xml[] {
  const { key, versionId } = target;
  try {
    const version = remove(call, bucket, target);
    if (isQuiet) return [];
    const marker = version?.kind === 'marker' ? version.versionId : undefined;
    return [
      element('Deleted', [
        element('Key', key),
        element('VersionId', versionId),
        element('DeleteMarker', marker === undefined ? undefined : true),
        element('DeleteMarkerVersionId', marker),
      ]),
    ];
  } catch (error) {
    if (!(error instanceof ServiceFault)) throw error;
    const { code, message } = error;
    return [
      element('Error', [
        element('Key', key),
        element('VersionId', versionId),
        element('Code', code),
        element('Message', message),
      ]),
    ];
  }
}

function remove(call: S3Call, bucket: Bucket, { key, versionId, etag }: Target): ObjectVersion | undefined {
  checkDeleteCondition(etag, bucket.current(key));
  if (versionId !== undefined) findVersion(bucket, key, versionId);
  return call.store.delete(bucket, key, versionId, call.request.requestId).version;
}
