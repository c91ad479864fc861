import { isPortError, PortError } from '@weir/core';
import { codeOf, describeServiceFault, statusOf } from '../faults/describe-service-fault.ts';

/** What was done when it went wrong. */
export interface S3Call {
  /** Code of the PortError: `landing.unreadable`. */
  readonly code: string;
  /** A sentence without its end: `s3://landing/a.csv cannot be read`. */
  readonly what: string;
  readonly bucket: string;
  /** Undefined where the call is about the whole bucket. */
  readonly key?: string | undefined;
  /** What the call needs, such as `s3:GetObjectVersion`. */
  readonly permission: string;
}

/** The one translation of what S3 answers; a PortError stays as it is. */
export function toS3Fault(error: unknown, { code, what, bucket, key, permission }: S3Call): PortError {
  if (isPortError(error)) return error;
  const { serviceCode, status, reason, remedy, retryable } = describe(error, bucket, permission);
  return new PortError({
    code,
    message: `${what}: ${reason}.`,
    retryable,
    ...(remedy === undefined ? {} : { remedy }),
    context: { bucket, ...(key === undefined ? {} : { key }), serviceCode, status },
    cause: error,
  });
}

function describe(error: unknown, bucket: string, permission: string) {
  const found = describeServiceFault(error, 'S3', permission);
  const { serviceCode } = found;
  if (serviceCode === 'NoSuchBucket') {
    const remedy = 'Make the bucket, or correct its name in the configuration.';
    return { ...found, reason: `there is no bucket ${bucket}`, remedy, retryable: false };
  }
  if (isConflict(error)) {
    return { ...found, reason: 'somebody else wrote to it again and again', remedy: 'Try again.', retryable: true };
  }
  if (serviceCode === 'InvalidObjectState') {
    const remedy = 'Restore it, and keep the landing bucket out of archive storage classes.';
    return { ...found, reason: 'it lies in an archive storage class', remedy, retryable: false };
  }
  if (isMissing(error)) return { ...found, reason: 'it is not there (any more)', retryable: false };
  return found;
}

/** No such key or version. A missing bucket is a fault. */
export function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  if (code === 'NoSuchBucket') return false;
  return ['NoSuchKey', 'NoSuchVersion', 'NotFound', '404'].includes(code) || statusOf(error) === 404;
}

/** A condition of the call does not hold: the key is taken, or its content is another one. */
export function isRefused(error: unknown): boolean {
  return codeOf(error) === 'PreconditionFailed' || statusOf(error) === 412;
}

/** Two conditional calls met; this one had no effect and may be made again. */
export function isConflict(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ConditionalRequestConflict' || (statusOf(error) === 409 && code !== 'BucketAlreadyExists');
}

/** `s3://bucket/key`, for messages. */
export function placeOf(bucket: string, key: string): string {
  return `s3://${bucket}/${key}`;
}
