import type { ObjectAccess } from '../../server/object-access.ts';
import { DatabaseFault } from '../database/database-fault.ts';
import type { CopyCommand } from '../sql/parse-copy.ts';
import { parseS3Address } from '../sql/s3-options.ts';
import { noSuchKey, s3Fault } from './s3-fault.ts';

export interface FileToLoad {
  /** `s3://bucket/key` */
  readonly address: string;
  readonly body: Buffer;
}

interface ManifestEntry {
  readonly url?: unknown;
  readonly mandatory?: unknown;
}

/**
 * The files of a COPY: those that the manifest names, as often as it names them, or all whose keys begin with the path. A
 * file that is missing is left out unless the manifest calls it mandatory.
 */
export function listFiles(copy: CopyCommand, objects: ObjectAccess): readonly FileToLoad[] {
  const { bucket, key } = copy;
  if (copy.isManifest) {
    return readManifest(`s3://${bucket}/${key}`, objects.read(bucket, key)).flatMap(({ address, isMandatory }) => {
      const place = parseS3Address(address);
      const body = objects.read(place.bucket, place.key);
      if (body !== undefined) return [{ address, body }];
      if (isMandatory) throw noSuchKey(address);
      return [];
    });
  }
  const keys = objects.keysBelow(bucket, key);
  if (keys.length === 0) throw s3Fault(`The specified S3 prefix '${key}' does not exist`, `S3 prefix : ${key}`);
  return keys.map((found) => ({ address: `s3://${bucket}/${found}`, body: objects.read(bucket, found)! }));
}

function readManifest(
  address: string,
  body: Buffer | undefined,
): readonly { readonly address: string; readonly isMandatory: boolean }[] {
  if (body === undefined) throw noSuchKey(address);
  let entries: unknown;
  try {
    entries = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)).entries;
  } catch (error) {
    throw s3Fault(`Manifest file is not in correct json format: ${(error as Error).message}`, address);
  }
  if (!Array.isArray(entries) || entries.length === 0) throw s3Fault('Manifest file contains no entries', address);
  return entries.map(({ url, mandatory = false }: ManifestEntry) => {
    if (typeof url !== 'string' || !/^s3:\/\/[^/]+\/.+/.test(url))
      throw s3Fault('COPY with MANIFEST parameter requires full path of an S3 object.', String(url));
    if (typeof mandatory !== 'boolean') throw new DatabaseFault('8001', `"mandatory" of ${url} is not a boolean`);
    return { address: url, isMandatory: mandatory };
  });
}
