import { notImplemented, ServiceFault, type ServiceRequest } from '../server/service.ts';
import type { Bucket } from './bucket.ts';
import { type Checksum, checksumOf } from './checksums/checksum.ts';
import type { ObjectVersion, StoredObject } from './object-version.ts';

/** Kept with an object and sent back with it. */
const KEPT = ['content-type', 'cache-control', 'content-disposition', 'content-language', 'expires'];

/** Would change what an object is or who may see it, and do nothing here. */
const REFUSED = [
  'x-amz-acl',
  'x-amz-tagging',
  'x-amz-website-redirect-location',
  'x-amz-object-lock-mode',
  'x-amz-object-lock-legal-hold',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-write-offset-bytes',
];

/**
 * The headers of an upload that are kept.
 *
 * @throws ServiceFault `NotImplemented`
 */
export function keptHeaders({ headers }: ServiceRequest): Record<string, string> {
  refuseHeaders(headers);
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (KEPT.includes(name) || name.startsWith('x-amz-meta-')) kept[name] = value;
  }
  const encodings = (headers['content-encoding'] ?? '').split(',').map((encoding) => encoding.trim());
  const encoding = encodings.filter((name) => name !== '' && name !== 'aws-chunked').join(',');
  if (encoding !== '') kept['content-encoding'] = encoding;
  return kept;
}

export function refuseHeaders(headers: Readonly<Record<string, string>>): void {
  for (const name of REFUSED) if (headers[name] !== undefined) throw notImplemented(`the header ${name}`);
}

/** What GetObject and HeadObject tell of an object, without its length. */
export function objectHeaders(bucket: Bucket, object: StoredObject): Record<string, string> {
  return {
    'content-type': 'binary/octet-stream',
    ...object.headers,
    etag: `"${object.etag}"`,
    'last-modified': object.lastModified.toUTCString(),
    'accept-ranges': 'bytes',
    'x-amz-server-side-encryption': object.encryption,
    ...versionHeader(bucket, object),
  };
}

/**
 * What a write asks for instead of what its bucket does.
 *
 * @throws ServiceFault `InvalidArgument`
 */
export function askedEncryption({ headers }: ServiceRequest): Pick<StoredObject, 'encryption'> | undefined {
  const asked = headers['x-amz-server-side-encryption'];
  if (asked === undefined) return undefined;
  if (asked === 'AES256' || asked === 'aws:kms') return { encryption: asked };
  throw new ServiceFault('InvalidArgument', 'The encryption method specified is not supported');
}

/** Buckets that never had versions say nothing of them. */
export function versionHeader(bucket: Bucket, { versionId }: ObjectVersion): Record<string, string> {
  return bucket.versioning === 'Unversioned' ? {} : { 'x-amz-version-id': versionId };
}

export function checksumHeaders({ algorithm, value, type }: Checksum): Record<string, string> {
  return { [`x-amz-checksum-${algorithm}`]: value, 'x-amz-checksum-type': type };
}

/** Where a client sent no checksum S3 keeps one of its own. */
export function checksumFor(object: StoredObject): Checksum {
  return object.checksum ?? checksumOf('crc64nvme', object.body);
}
