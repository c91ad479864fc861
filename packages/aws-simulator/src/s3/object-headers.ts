import { notImplemented, ServiceFault, type ServiceRequest } from '../server/service.ts';
import type { Bucket } from './bucket.ts';
import { type Checksum, checksumOf } from './checksums/checksum.ts';
import type { ObjectVersion, StoredObject } from './object-version.ts';

/** Kept with an object and sent back with it. */
const KEPT = ['content-type', 'cache-control', 'content-disposition', 'content-language', 'expires'];

/** Those that the simulator acts upon, and those that have no effect for the owner of a bucket. */
const KNOWN =
  /^x-amz-(meta-.*|checksum-.*|copy-source.*|date|content-sha256|decoded-content-length|trailer|user-agent|security-token|sdk-checksum-algorithm|metadata-directive|server-side-encryption|server-side-encryption-(aws-kms-key-id|bucket-key-enabled)|expected-bucket-owner|source-expected-bucket-owner|request-payer|mp-object-size)$/;

/**
 * Who asks for what is not simulated is told so, whatever the operation.
 *
 * @throws ServiceFault `NotImplemented`
 */
export function refuseUnknownHeaders({ headers }: ServiceRequest): void {
  for (const name of Object.keys(headers)) {
    if (name.startsWith('x-amz-') && !KNOWN.test(name)) throw notImplemented(`the header ${name}`);
  }
}

/** The headers of an upload that are kept. */
export function keptHeaders({ headers }: ServiceRequest): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (KEPT.includes(name) || name.startsWith('x-amz-meta-')) kept[name] = value;
  }
  const encodings = (headers['content-encoding'] ?? '').split(',').map((encoding) => encoding.trim());
  const encoding = encodings.filter((name) => name !== '' && name !== 'aws-chunked').join(',');
  if (encoding !== '') kept['content-encoding'] = encoding;
  return kept;
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
  if (object.checksum !== undefined) return object.checksum;
  const known = OWN_CHECKSUMS.get(object);
  if (known !== undefined) return known;
  const made = checksumOf('crc64nvme', object.body);
  OWN_CHECKSUMS.set(object, made);
  return made;
}

const OWN_CHECKSUMS = new WeakMap<StoredObject, Checksum>();
