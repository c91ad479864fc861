import { notImplemented, ServiceFault, type ServiceResponse } from '../../server/service.ts';
import { checkReadConditions } from '../conditions.ts';
import { findObject } from '../find-version.ts';
import { checksumFor, checksumHeaders, objectHeaders } from '../object-headers.ts';
import { parseRange } from '../parse-range.ts';
import type { S3Call } from '../s3-call.ts';

export function getObject(call: S3Call): ServiceResponse {
  const { headers, range, body } = read(call);
  if (range === undefined) return { status: 200, headers, body };
  return { status: 206, headers, body: body.subarray(range.start, range.end + 1) };
}

export function headObject(call: S3Call): ServiceResponse {
  const { headers, range } = read(call);
  return { status: range === undefined ? 200 : 206, headers };
}

function read({ request, store, bucketName, key }: S3Call) {
  const { headers: asked, query } = request;
  if (query.has('partNumber')) throw notImplemented('reads of a part');
  const bucket = store.bucket(bucketName);
  const object = findObject(bucket, key, query.get('versionId') ?? undefined);
  checkReadConditions(asked, object);
  const size = object.body.length;
  const range = parseRange(asked.range, size);
  if (range === 'unsatisfiable') {
    throw new ServiceFault('InvalidRange', 'The requested range is not satisfiable', 416, {
      fields: { RangeRequested: asked.range, ActualObjectSize: size },
      headers: { 'content-range': `bytes */${size}` },
    });
  }
  const headers = objectHeaders(bucket, object);
  headers['content-length'] = String(range === undefined ? size : range.end - range.start + 1);
  if (range !== undefined) headers['content-range'] = `bytes ${range.start}-${range.end}/${size}`;
  if (asked['x-amz-checksum-mode'] === 'ENABLED' && range === undefined) {
    Object.assign(headers, checksumHeaders(checksumFor(object)));
  }
  for (const [name, value] of query) {
    if (name.startsWith('response-')) headers[name.slice('response-'.length)] = value;
  }
  return { headers, range, body: object.body };
}
