import { ServiceFault, type ServiceResponse } from '../../server/service.ts';
import type { Bucket } from '../bucket.ts';
import { checkWriteConditions, isConditionalWrite } from '../conditions.ts';
import { askedEncryption, checksumFor, checksumHeaders, keptHeaders, versionHeader } from '../object-headers.ts';
import { readPayload } from '../read-payload.ts';
import type { S3Call } from '../s3-call.ts';

export function putObject(call: S3Call): ServiceResponse {
  const { request, store, key } = call;
  const bucket = store.bucket(call.bucketName);
  const { bytes, checksum } = readPayload(request);
  const headers = keptHeaders(request);
  checkWrite(call, bucket);
  const fields = { key, body: bytes, headers, checksum, ...askedEncryption(request) };
  const object = store.put(bucket, fields, 'PutObject', request.requestId);
  return {
    status: 200,
    headers: {
      etag: `"${object.etag}"`,
      'x-amz-server-side-encryption': object.encryption,
      ...versionHeader(bucket, object),
      ...checksumHeaders(checksumFor(object)),
    },
  };
}

/**
 * The conditions of a write, and whether another write came in between.
 *
 * @throws ServiceFault `PreconditionFailed`, `NoSuchKey`, `ConditionalRequestConflict`
 */
export function checkWrite({ request, faults, key }: S3Call, bucket: Bucket): void {
  if (isConditionalWrite(request.headers) && faults.isWriteConflict(bucket.name, key)) {
    throw new ServiceFault(
      'ConditionalRequestConflict',
      'The conditional request cannot succeed due to a conflicting operation against this resource.',
      409,
    );
  }
  checkWriteConditions(request.headers, bucket.current(key));
}
