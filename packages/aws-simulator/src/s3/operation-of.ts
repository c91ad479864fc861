import type { ServiceRequest } from '../server/service.ts';
import * as buckets from './operations/buckets.ts';
import { copyObject } from './operations/copy-object.ts';
import { deleteObject, deleteObjects } from './operations/delete-objects.ts';
import { getObject, headObject } from './operations/get-object.ts';
import { listObjectsV2, listObjectVersions } from './operations/list-objects.ts';
import * as multipart from './operations/multipart.ts';
import { putObject } from './operations/put-object.ts';
import type { S3Operation } from './s3-call.ts';

/** Every operation that the simulator knows. */
export const OPERATIONS: Readonly<Record<string, S3Operation>> = {
  ListBuckets: buckets.listBuckets,
  CreateBucket: buckets.createBucket,
  HeadBucket: buckets.headBucket,
  DeleteBucket: buckets.deleteBucket,
  PutBucketVersioning: buckets.putBucketVersioning,
  GetBucketVersioning: buckets.getBucketVersioning,
  PutBucketEncryption: buckets.putBucketEncryption,
  PutBucketNotificationConfiguration: buckets.putBucketNotification,
  GetBucketNotificationConfiguration: buckets.getBucketNotification,
  ListObjectsV2: listObjectsV2,
  ListObjectVersions: listObjectVersions,
  DeleteObjects: deleteObjects,
  PutObject: putObject,
  GetObject: getObject,
  HeadObject: headObject,
  CopyObject: copyObject,
  DeleteObject: deleteObject,
  CreateMultipartUpload: multipart.createMultipartUpload,
  UploadPart: multipart.uploadPart,
  UploadPartCopy: multipart.uploadPartCopy,
  CompleteMultipartUpload: multipart.completeMultipartUpload,
  AbortMultipartUpload: multipart.abortMultipartUpload,
  ListMultipartUploads: multipart.listMultipartUploads,
};

/** Parts of a query that ask for no other operation. */
const PLAIN = new Set([
  ...['x-id', 'versionId', 'partNumber', 'uploadId', 'prefix', 'delimiter', 'max-keys', 'encoding-type', 'fetch-owner'],
  ...['continuation-token', 'start-after', 'key-marker', 'version-id-marker', 'upload-id-marker', 'max-uploads'],
  ...['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-SignedHeaders', 'X-Amz-Signature'],
  ...['X-Amz-Content-Sha256', 'x-amz-checksum-mode', 'X-Amz-Security-Token', 'max-buckets'],
]);

export interface S3Path {
  /** Empty for operations on no bucket. */
  readonly bucketName: string;
  /** Still percent-encoded; empty for operations on a bucket. */
  readonly encodedKey: string;
}

export function splitPath(path: string): S3Path {
  const slash = path.indexOf('/', 1);
  if (slash < 0) return { bucketName: path.slice(1), encodedKey: '' };
  return { bucketName: path.slice(1, slash), encodedKey: path.slice(slash + 1) };
}

/** The name of what is asked for; of what the simulator does not know, method, kind of resource and subresource. */
export function operationOf({ method, path, query, headers }: ServiceRequest): string {
  const { bucketName, encodedKey } = splitPath(path);
  const sub = [...query.keys()].find((name) => !PLAIN.has(name) && !name.startsWith('response-'));
  const kind = bucketName === '' ? 'service' : encodedKey === '' ? 'bucket' : 'object';
  const isCopy = headers['x-amz-copy-source'] !== undefined ? ' copy' : '';
  const isUpload = query.has('uploadId') ? ' upload' : '';
  const listType = query.get('list-type');
  const asked = sub === 'list-type' ? `list-type=${listType}` : sub;
  const signature = `${method} ${kind}${asked === undefined ? '' : `?${asked}`}${isUpload}${isCopy}`;
  return NAMES[signature] ?? signature;
}

const NAMES: Readonly<Record<string, string>> = {
  'GET service': 'ListBuckets',
  'PUT bucket': 'CreateBucket',
  'HEAD bucket': 'HeadBucket',
  'DELETE bucket': 'DeleteBucket',
  'PUT bucket?versioning': 'PutBucketVersioning',
  'PUT bucket?encryption': 'PutBucketEncryption',
  'GET bucket?versioning': 'GetBucketVersioning',
  'PUT bucket?notification': 'PutBucketNotificationConfiguration',
  'GET bucket?notification': 'GetBucketNotificationConfiguration',
  'GET bucket?list-type=2': 'ListObjectsV2',
  'GET bucket?versions': 'ListObjectVersions',
  'GET bucket?uploads': 'ListMultipartUploads',
  'POST bucket?delete': 'DeleteObjects',
  'PUT object': 'PutObject',
  'PUT object copy': 'CopyObject',
  'GET object': 'GetObject',
  'HEAD object': 'HeadObject',
  'DELETE object': 'DeleteObject',
  'POST object?uploads': 'CreateMultipartUpload',
  'PUT object upload': 'UploadPart',
  'PUT object upload copy': 'UploadPartCopy',
  'POST object upload': 'CompleteMultipartUpload',
  'DELETE object upload': 'AbortMultipartUpload',
};
