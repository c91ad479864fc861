import type { ServiceEvent } from '../server/simulator-context.ts';
import type { StoreChange } from './s3-store.ts';

export interface EventOrigin {
  readonly account: string;
  readonly region: string;
  readonly requestId: string;
  readonly now: Date;
}

/** The event that EventBridge gets. Keys are plain in it, ETags without quotes. */
export function toEventBridgeEvent(change: StoreChange, { account, requestId }: EventOrigin): ServiceEvent {
  const { bucket, version } = change;
  const isVersioned = bucket.versioning !== 'Unversioned';
  const object = {
    key: version.key,
    ...(version.kind === 'object' && change.kind === 'created'
      ? { size: version.body.length, etag: version.etag }
      : {}),
    ...(isVersioned ? { 'version-id': version.versionId } : {}),
    sequencer: version.sequencer,
  };
  return {
    source: 'aws.s3',
    identity: `${bucket.name}/${version.key}`,
    'detail-type': change.kind === 'created' ? 'Object Created' : 'Object Deleted',
    resources: [`arn:aws:s3:::${bucket.name}`],
    detail: {
      version: '0',
      bucket: { name: bucket.name },
      object,
      'request-id': requestId,
      requester: account,
      'source-ip-address': '127.0.0.1',
      reason: change.kind === 'created' ? change.reason : 'DeleteObject',
      ...(change.kind === 'deleted' ? { 'deletion-type': deletionType(change) } : {}),
    },
  };
}

/** `ObjectCreated:Put`, without `s3:`. */
export function eventNameOf(change: StoreChange): string {
  if (change.kind === 'deleted') {
    return isMarkerSet(change) ? 'ObjectRemoved:DeleteMarkerCreated' : 'ObjectRemoved:Delete';
  }
  switch (change.reason) {
    case 'PutObject':
      return 'ObjectCreated:Put';
    case 'CopyObject':
      return 'ObjectCreated:Copy';
    case 'CompleteMultipartUpload':
      return 'ObjectCreated:CompleteMultipartUpload';
  }
}

/** The message of S3's own notifications. Keys are encoded as a form's in it. */
export function toNotification(change: StoreChange, configurationId: string, origin: EventOrigin): unknown {
  const { bucket, version } = change;
  const isCreated = change.kind === 'created' && version.kind === 'object';
  return {
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: origin.region,
        eventTime: origin.now.toISOString(),
        eventName: eventNameOf(change),
        userIdentity: { principalId: `AWS:${origin.account}` },
        requestParameters: { sourceIPAddress: '127.0.0.1' },
        responseElements: {
          'x-amz-request-id': origin.requestId,
          'x-amz-id-2': Buffer.from(origin.requestId).toString('base64'),
        },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId,
          bucket: {
            name: bucket.name,
            ownerIdentity: { principalId: origin.account },
            arn: `arn:aws:s3:::${bucket.name}`,
          },
          object: {
            key: encodeFormKey(version.key),
            ...(isCreated ? { size: version.body.length, eTag: version.etag } : {}),
            ...(bucket.versioning === 'Unversioned' ? {} : { versionId: version.versionId }),
            sequencer: version.sequencer,
          },
        },
      },
    ],
  };
}

/** `red flower.jpg` is `red+flower.jpg`; slashes stay. */
export function encodeFormKey(key: string): string {
  return encodeURIComponent(key)
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/');
}

function deletionType(change: StoreChange): string {
  return isMarkerSet(change) ? 'Delete Marker Created' : 'Permanently Deleted';
}

/** A marker that is still there was set; one that is gone was removed. */
function isMarkerSet({ bucket, version }: StoreChange): boolean {
  return version.kind === 'marker' && bucket.find(version.key, version.versionId) === version;
}
