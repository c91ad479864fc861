import type { S3Client } from '@aws-sdk/client-s3';
import { isPortError, PortError } from '@weir/core';
import { placeOf, toS3Fault } from './s3-fault.ts';
import { streamObject } from './stream-object.ts';
import { unpackZstd } from './unpack-zstd.ts';

/**
 * The text of objects that hold staged lines, one after the other, such as an UNLOAD has written; those whose keys end with
 * `.zst` are unpacked. Chunks are cut anywhere.
 *
 * @throws PortError `warehouse.stage-unreadable`
 */
export async function* readStagedObjects(
  client: S3Client,
  bucket: string,
  keys: readonly string[],
): AsyncIterable<Uint8Array> {
  for (const key of keys) yield* readObject(client, bucket, key);
}

async function* readObject(client: S3Client, bucket: string, key: string): AsyncIterable<Uint8Array> {
  const chunks = download(client, bucket, key);
  if (!key.endsWith('.zst')) return yield* chunks;
  try {
    yield* unpackZstd(chunks);
  } catch (error) {
    throw isPortError(error) ? error : toDamage(error, bucket, key);
  }
}

async function* download(client: S3Client, bucket: string, key: string): AsyncIterable<Uint8Array> {
  let close = () => {};
  try {
    const object = await streamObject(client, { bucket, key });
    close = object.close;
    yield* object.chunks;
  } catch (error) {
    const what = `The staged lines in ${placeOf(bucket, key)} cannot be read`;
    throw toS3Fault(error, { code: 'warehouse.stage-unreadable', what, bucket, key, permission: 's3:GetObject' });
  } finally {
    close();
  }
}

function toDamage(error: unknown, bucket: string, key: string): PortError {
  return new PortError({
    code: 'warehouse.stage-unreadable',
    message: `The staged lines in ${placeOf(bucket, key)} are damaged or cut off.`,
    remedy: 'Run again: they are written anew.',
    retryable: true,
    context: { bucket, key },
    cause: error,
  });
}
