import { ServiceFault, type ServiceResponse } from '../../server/service.ts';
import type { Bucket } from '../bucket.ts';
import type { ObjectVersion } from '../object-version.ts';
import type { S3Call } from '../s3-call.ts';
import { encodeFormKey } from '../s3-events.ts';
import { element, type Xml, type XmlContent, xmlResponse } from '../xml.ts';

/** What a list holds: an entry, or the common prefix that stands for many. */
type Listed = { readonly version: ObjectVersion; readonly isLatest: boolean } | { readonly prefix: string };

interface Question {
  readonly prefix: string;
  readonly delimiter: string;
  readonly maxKeys: number;
  readonly encode: (text: string) => string;
}

export function listObjectsV2({ request, store, bucketName, limits }: S3Call): ServiceResponse {
  const { query } = request;
  const bucket = store.bucket(bucketName);
  const question = readQuestion(query, limits.pageSize);
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after');
  const after = token === null ? startAfter : readToken(token);
  const { listed, isTruncated } = collect(
    entries(bucket, false),
    question,
    (key) => after !== null && !isAfter(key, after),
  );
  const last = listed.at(-1);
  const { encode } = question;
  return xmlResponse('ListBucketResult', [
    element('Name', bucket.name),
    ...echo(question, query),
    element('StartAfter', startAfter === null ? undefined : encode(startAfter)),
    element('ContinuationToken', token ?? undefined),
    element('KeyCount', listed.length),
    element('IsTruncated', isTruncated),
    element('NextContinuationToken', isTruncated && last ? writeToken(nameOf(last)) : undefined),
    ...listed.map((entry) =>
      'prefix' in entry ? commonPrefix(entry.prefix, encode) : contents(entry.version, encode),
    ),
  ]);
}

export function listObjectVersions({ request, store, bucketName, limits }: S3Call): ServiceResponse {
  const { query } = request;
  const bucket = store.bucket(bucketName);
  const question = readQuestion(query, limits.pageSize);
  const keyMarker = query.get('key-marker') ?? '';
  const versionMarker = query.get('version-id-marker') ?? '';
  if (versionMarker !== '' && keyMarker === '') {
    throw new ServiceFault('InvalidArgument', 'A version-id marker cannot be specified without a key marker.');
  }
  const { listed, isTruncated } = collect(
    versionsAfter(bucket, keyMarker, versionMarker),
    question,
    (key) => keyMarker !== '' && !isAfter(key, keyMarker) && !(versionMarker !== '' && key === keyMarker),
  );
  const last = isTruncated ? listed.at(-1) : undefined;
  const { encode } = question;
  return xmlResponse('ListVersionsResult', [
    element('Name', bucket.name),
    ...echo(question, query),
    element('KeyMarker', encode(keyMarker)),
    element('VersionIdMarker', versionMarker),
    element('IsTruncated', isTruncated),
    element('NextKeyMarker', last && encode(nameOf(last))),
    element('NextVersionIdMarker', last && 'version' in last ? last.version.versionId : undefined),
    ...listed.map((entry) => ('prefix' in entry ? commonPrefix(entry.prefix, encode) : versionEntry(entry, encode))),
  ]);
}

function* entries(bucket: Bucket, isWithAll: boolean): Iterable<Extract<Listed, { version: ObjectVersion }>> {
  for (const key of bucket.keys()) {
    const [latest, ...older] = bucket.versions(key) as readonly [ObjectVersion, ...ObjectVersion[]];
    if (isWithAll || latest.kind === 'object') yield { version: latest, isLatest: true };
    if (isWithAll) for (const version of older) yield { version, isLatest: false };
  }
}

/** Within the key of the marker, what is older than the version of the marker. */
function* versionsAfter(bucket: Bucket, keyMarker: string, versionMarker: string) {
  let isPassed = versionMarker === '';
  for (const entry of entries(bucket, true)) {
    if (!isPassed && entry.version.key === keyMarker) {
      isPassed = entry.version.versionId === versionMarker;
      continue;
    }
    yield entry;
  }
}

function collect(
  all: Iterable<Extract<Listed, { version: ObjectVersion }>>,
  { prefix, delimiter, maxKeys }: Question,
  isBefore: (name: string) => boolean,
): { listed: readonly Listed[]; isTruncated: boolean } {
  const listed: Listed[] = [];
  let lastPrefix: string | undefined;
  for (const entry of all) {
    const { key } = entry.version;
    if (!key.startsWith(prefix)) continue;
    const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const common = at < 0 ? undefined : key.slice(0, at + delimiter.length);
    if (common !== undefined && common === lastPrefix) continue;
    if (isBefore(common ?? key)) continue;
    if (listed.length === maxKeys) return { listed, isTruncated: maxKeys > 0 };
    lastPrefix = common;
    listed.push(common === undefined ? entry : { prefix: common });
  }
  return { listed, isTruncated: false };
}

function readQuestion(query: URLSearchParams, pageSize: number): Question {
  const asked = Number(query.get('max-keys') ?? pageSize);
  if (!Number.isInteger(asked) || asked < 0) throw new ServiceFault('InvalidArgument', 'max-keys is not a number');
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maxKeys: Math.min(asked, pageSize),
    encode: query.get('encoding-type') === 'url' ? encodeFormKey : (text) => text,
  };
}

function echo({ prefix, delimiter, maxKeys, encode }: Question, query: URLSearchParams): readonly Xml[] {
  return [
    element('Prefix', encode(prefix)),
    element('Delimiter', delimiter === '' ? undefined : encode(delimiter)),
    element('MaxKeys', maxKeys),
    element('EncodingType', query.get('encoding-type') ?? undefined),
  ];
}

function contents(version: ObjectVersion, encode: (text: string) => string): Xml {
  return element('Contents', [element('Key', encode(version.key)), ...details(version)]);
}

function versionEntry(
  { version, isLatest }: { version: ObjectVersion; isLatest: boolean },
  encode: (text: string) => string,
): Xml {
  const content: XmlContent = [
    element('Key', encode(version.key)),
    element('VersionId', version.versionId),
    element('IsLatest', isLatest),
    ...details(version),
  ];
  return element(version.kind === 'marker' ? 'DeleteMarker' : 'Version', content);
}

function details(version: ObjectVersion): readonly Xml[] {
  const modified = element('LastModified', version.lastModified.toISOString());
  if (version.kind === 'marker') return [modified];
  const { algorithm, type } = version.checksum ?? { algorithm: 'crc64nvme', type: 'FULL_OBJECT' };
  return [
    modified,
    element('ETag', `"${version.etag}"`),
    element('ChecksumAlgorithm', algorithm.toUpperCase()),
    element('ChecksumType', type),
    element('Size', version.body.length),
    element('StorageClass', 'STANDARD'),
  ];
}

function commonPrefix(prefix: string, encode: (text: string) => string): Xml {
  return element('CommonPrefixes', element('Prefix', encode(prefix)));
}

function nameOf(listed: Listed): string {
  return 'prefix' in listed ? listed.prefix : listed.version.key;
}

function isAfter(key: string, marker: string): boolean {
  return Buffer.compare(Buffer.from(key), Buffer.from(marker)) > 0;
}

function writeToken(key: string): string {
  return Buffer.from(`1${key}`).toString('base64');
}

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString('utf8');
  if (text.startsWith('1')) return text.slice(1);
  throw new ServiceFault('InvalidArgument', 'The continuation token provided is incorrect');
}
