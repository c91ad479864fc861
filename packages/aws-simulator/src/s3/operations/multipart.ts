import { ServiceFault, type ServiceResponse } from '../../server/service.ts';
import { checksumOf, md5Hex, parseAlgorithm } from '../checksums/checksum.ts';
import { readCopySource } from '../copy-source.ts';
import { assemble, type MultipartUpload, type UploadedPart } from '../multipart-uploads.ts';
import { checksumHeaders, keptHeaders, versionHeader } from '../object-headers.ts';
import { parseRange } from '../parse-range.ts';
import { readPayload } from '../read-payload.ts';
import type { S3Call } from '../s3-call.ts';
import { element, parseXml, xmlResponse } from '../xml.ts';
import { checkWrite } from './put-object.ts';

export function createMultipartUpload(call: S3Call): ServiceResponse {
  const { request, store, uploads, bucketName, key } = call;
  const bucket = store.bucket(bucketName);
  const name = request.headers['x-amz-checksum-algorithm'];
  const checksumAlgorithm = name === undefined ? undefined : parseAlgorithm(name);
  const isFull = checksumAlgorithm === 'crc64nvme' || request.headers['x-amz-checksum-type'] === 'FULL_OBJECT';
  if (isFull && checksumAlgorithm?.startsWith('sha')) {
    throw new ServiceFault('InvalidRequest', `The FULL_OBJECT checksum type cannot be used with ${name}.`);
  }
  const upload = uploads.create({
    bucket: bucket.name,
    key,
    headers: keptHeaders(request),
    checksumAlgorithm,
    checksumType: isFull ? 'FULL_OBJECT' : 'COMPOSITE',
    initiated: call.now(),
  });
  const about = checksumAlgorithm && {
    'x-amz-checksum-algorithm': checksumAlgorithm.toUpperCase(),
    'x-amz-checksum-type': upload.checksumType,
  };
  return xmlResponse(
    'InitiateMultipartUploadResult',
    [element('Bucket', bucket.name), element('Key', key), element('UploadId', upload.id)],
    about ?? {},
  );
}

export function uploadPart(call: S3Call): ServiceResponse {
  const { upload, partNumber } = findPart(call);
  const { bytes, checksum } = readPayload(call.request);
  const part = keep(call, upload, partNumber, bytes, checksum);
  return { status: 200, headers: { etag: `"${part.etag}"`, ...(checksum && checksumHeaders(checksum)) } };
}

export function uploadPartCopy(call: S3Call): ServiceResponse {
  const { request, limits } = call;
  const { upload, partNumber } = findPart(call);
  const source = readCopySource(call);
  const { body } = source.object;
  const asked = request.headers['x-amz-copy-source-range'];
  const range = parseRange(asked, body.length);
  const isBeyond = asked !== undefined && Number(/-(\d+)$/.exec(asked)?.[1]) >= body.length;
  if (range === 'unsatisfiable' || isBeyond || (asked !== undefined && range === undefined)) {
    throw new ServiceFault('InvalidArgument', `Range specified is not valid for source object of size: ${body.length}`);
  }
  const bytes = range === undefined ? body : body.subarray(range.start, range.end + 1);
  if (bytes.length > limits.maxCopySize) {
    throw new ServiceFault('InvalidRequest', 'The specified copy source is larger than the maximum allowable size');
  }
  const checksum = upload.checksumAlgorithm && checksumOf(upload.checksumAlgorithm, bytes);
  const part = keep(call, upload, partNumber, bytes, checksum);
  const isVersioned = source.bucket.versioning !== 'Unversioned';
  return xmlResponse(
    'CopyPartResult',
    [
      element('ETag', `"${part.etag}"`),
      element('LastModified', part.lastModified.toISOString()),
      checksum && element(`Checksum${checksum.algorithm.toUpperCase()}`, checksum.value),
    ],
    isVersioned ? { 'x-amz-copy-source-version-id': source.object.versionId } : {},
  );
}

export function completeMultipartUpload(call: S3Call): ServiceResponse {
  const { request, store, uploads, bucketName, key, limits } = call;
  const bucket = store.bucket(bucketName);
  const upload = uploads.find(bucketName, key, request.query.get('uploadId')!);
  const parsed = parseXml(request.body, 'CompleteMultipartUpload', ['Part']);
  const named = ((parsed.Part ?? []) as { PartNumber: string; ETag: string }[]).map(({ PartNumber, ETag }) => ({
    partNumber: Number(PartNumber),
    etag: ETag,
  }));
  const { body, etag, checksum } = assemble(upload, named, limits.minPartSize);
  const declared = checksum && request.headers[`x-amz-checksum-${checksum.algorithm}`];
  if (declared !== undefined && declared !== checksum!.value) {
    throw new ServiceFault('BadDigest', 'The checksum you specified did not match the calculated checksum.');
  }
  checkWrite(call, bucket);
  uploads.drop(upload.id);
  const object = { key, body, etag, checksum, headers: upload.headers };
  const version = store.put(bucket, object, 'CompleteMultipartUpload', request.requestId);
  return xmlResponse(
    'CompleteMultipartUploadResult',
    [
      element('Location', `/${bucket.name}/${encodeURIComponent(key)}`),
      element('Bucket', bucket.name),
      element('Key', key),
      element('ETag', `"${etag}"`),
      checksum && element(`Checksum${checksum.algorithm.toUpperCase()}`, checksum.value),
      checksum && element('ChecksumType', checksum.type),
    ],
    versionHeader(bucket, version),
  );
}

export function abortMultipartUpload({ request, uploads, bucketName, key }: S3Call): ServiceResponse {
  uploads.drop(uploads.find(bucketName, key, request.query.get('uploadId')!).id);
  return { status: 204 };
}

/** One page with all of them. */
export function listMultipartUploads({ store, uploads, bucketName }: S3Call): ServiceResponse {
  const bucket = store.bucket(bucketName);
  return xmlResponse('ListMultipartUploadsResult', [
    element('Bucket', bucket.name),
    element('IsTruncated', false),
    ...uploads
      .of(bucket.name)
      .map(({ key, id, initiated }) =>
        element('Upload', [
          element('Key', key),
          element('UploadId', id),
          element('Initiated', initiated.toISOString()),
          element('StorageClass', 'STANDARD'),
        ]),
      ),
  ]);
}

function findPart({ request, store, uploads, bucketName, key }: S3Call) {
  store.bucket(bucketName);
  const upload = uploads.find(bucketName, key, request.query.get('uploadId')!);
  const partNumber = Number(request.query.get('partNumber'));
  if (!Number.isInteger(partNumber) || partNumber < 1 || partNumber > 10_000) {
    throw new ServiceFault('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
  }
  return { upload, partNumber };
}

function keep(
  { now }: S3Call,
  upload: MultipartUpload,
  partNumber: number,
  body: Buffer,
  checksum: UploadedPart['checksum'],
): UploadedPart {
  const part = { body, etag: md5Hex(body), checksum, lastModified: now() };
  upload.parts.set(partNumber, part);
  return part;
}
