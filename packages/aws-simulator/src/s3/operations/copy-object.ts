import { ServiceFault, type ServiceResponse } from '../../server/service.ts';
import { checksumOf, parseAlgorithm } from '../checksums/checksum.ts';
import { readCopySource } from '../copy-source.ts';
import { askedEncryption, checksumFor, keptHeaders, versionHeader } from '../object-headers.ts';
import type { S3Call } from '../s3-call.ts';
import { element, xmlResponse } from '../xml.ts';
import { checkWrite } from './put-object.ts';

/** A copy has an ETag, a version and a time of its own. */
export function copyObject(call: S3Call): ServiceResponse {
  const { request, store, key, limits } = call;
  const bucket = store.bucket(call.bucketName);
  const source = readCopySource(call);
  const { body } = source.object;
  if (body.length > limits.maxCopySize) {
    throw new ServiceFault(
      'InvalidRequest',
      `The specified copy source is larger than the maximum allowable size for a copy source: ${limits.maxCopySize}`,
    );
  }
  const isReplacing = request.headers['x-amz-metadata-directive'] === 'REPLACE';
  if (source.bucket === bucket && source.object.key === key && !source.isVersionNamed && !isReplacing) {
    throw new ServiceFault(
      'InvalidRequest',
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's " +
        'metadata, storage class, website redirect location or encryption attributes.',
    );
  }
  checkWrite(call, bucket);
  const headers = isReplacing ? keptHeaders(request) : source.object.headers;
  const asked = request.headers['x-amz-checksum-algorithm'];
  const algorithm = asked === undefined ? checksumFor(source.object).algorithm : parseAlgorithm(asked);
  const checksum = checksumOf(algorithm, body);
  const fields = { key, body, headers, checksum, ...askedEncryption(request) };
  const object = store.put(bucket, fields, 'CopyObject', request.requestId);
  return xmlResponse(
    'CopyObjectResult',
    [
      element('ETag', `"${object.etag}"`),
      element('LastModified', object.lastModified.toISOString()),
      element(`Checksum${algorithm.toUpperCase()}`, checksum.value),
      element('ChecksumType', checksum.type),
    ],
    {
      ...versionHeader(bucket, object),
      ...(source.bucket.versioning === 'Unversioned'
        ? {}
        : { 'x-amz-copy-source-version-id': source.object.versionId }),
    },
  );
}
