import { ServiceFault } from '../server/service.ts';
import type { ObjectVersion, StoredObject } from './object-version.ts';

type Headers = Readonly<Record<string, string>>;

/**
 * Conditions of GetObject and HeadObject, in the order that S3 gives them.
 *
 * @throws ServiceFault `PreconditionFailed`, `NotModified`
 */
export function checkReadConditions(headers: Headers, object: StoredObject): void {
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];
  if (ifMatch !== undefined && !matches(ifMatch, object)) throw preconditionFailed('If-Match');
  if (ifMatch === undefined && isLater(object, headers['if-unmodified-since'])) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (ifNoneMatch !== undefined && matches(ifNoneMatch, object)) throw notModified(object);
  const since = headers['if-modified-since'];
  if (ifNoneMatch === undefined && since !== undefined && !isLater(object, since)) throw notModified(object);
}

/**
 * Conditions about the source of a copy.
 *
 * @throws ServiceFault `PreconditionFailed`
 */
export function checkCopyConditions(headers: Headers, source: StoredObject): void {
  const ifMatch = headers['x-amz-copy-source-if-match'];
  const ifNoneMatch = headers['x-amz-copy-source-if-none-match'];
  const unmodifiedSince = headers['x-amz-copy-source-if-unmodified-since'];
  const modifiedSince = headers['x-amz-copy-source-if-modified-since'];
  if (ifMatch !== undefined && !matches(ifMatch, source)) throw preconditionFailed('x-amz-copy-source-If-Match');
  if (ifMatch === undefined && isLater(source, unmodifiedSince)) {
    throw preconditionFailed('x-amz-copy-source-If-Unmodified-Since');
  }
  if (ifNoneMatch !== undefined && matches(ifNoneMatch, source)) {
    throw preconditionFailed('x-amz-copy-source-If-None-Match');
  }
  if (ifNoneMatch === undefined && modifiedSince !== undefined && !isLater(source, modifiedSince)) {
    throw preconditionFailed('x-amz-copy-source-If-Modified-Since');
  }
}

/** Whether the request writes only under a condition on what is there. */
export function isConditionalWrite(headers: Headers): boolean {
  return headers['if-match'] !== undefined || headers['if-none-match'] !== undefined;
}

/**
 * Conditions about the place that a write goes to. They look at the current version; a delete marker counts as nothing.
 *
 * @throws ServiceFault `PreconditionFailed`, `NoSuchKey`, `NotImplemented`
 */
export function checkWriteConditions(headers: Headers, current: ObjectVersion | undefined): void {
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch !== '*' || ifMatch !== undefined) throw unsupportedHeader('If-None-Match');
    if (current?.kind === 'object') throw preconditionFailed('If-None-Match');
  }
  if (ifMatch === undefined) return;
  if (ifMatch === '*') throw unsupportedHeader('If-Match');
  if (current?.kind !== 'object') throw noSuchKey();
  if (!matches(ifMatch, current)) throw preconditionFailed('If-Match');
}

/**
 * The condition of a delete, an ETag or `*`, on the current version.
 *
 * @throws ServiceFault `PreconditionFailed`, `NoSuchKey`
 */
export function checkDeleteCondition(ifMatch: string | undefined, current: ObjectVersion | undefined): void {
  if (ifMatch === undefined) return;
  if (current === undefined) throw noSuchKey();
  if (current.kind === 'marker' || !matches(ifMatch, current)) throw preconditionFailed('If-Match');
}

export function noSuchKey(headers: Record<string, string> = {}): ServiceFault {
  return new ServiceFault('NoSuchKey', 'The specified key does not exist.', 404, { headers });
}

function matches(condition: string, { etag }: StoredObject): boolean {
  return condition.split(',').some((part) => {
    const value = part.trim();
    return value === '*' || value.replace(/^"|"$/g, '') === etag;
  });
}

/** An unreadable date is no condition, as in RFC 7232. */
function isLater({ lastModified }: StoredObject, date: string | undefined): boolean {
  const time = date === undefined ? Number.NaN : Date.parse(date);
  return !Number.isNaN(time) && lastModified.getTime() > time;
}

function preconditionFailed(condition: string): ServiceFault {
  return new ServiceFault('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
    fields: { Condition: condition },
  });
}

function notModified({ etag, lastModified }: StoredObject): ServiceFault {
  return new ServiceFault('NotModified', 'Not Modified', 304, {
    headers: { etag: `"${etag}"`, 'last-modified': lastModified.toUTCString() },
  });
}

function unsupportedHeader(header: string): ServiceFault {
  return new ServiceFault(
    'NotImplemented',
    'A header you provided implies functionality that is not implemented',
    501,
    {
      fields: { Header: header },
    },
  );
}
