import type { Readable } from 'node:stream';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { describeServiceFault } from '../faults/describe-service-fault.ts';
import { isMissing, isRefused } from './s3-fault.ts';

export interface ObjectToStream {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string | undefined;
  /** With its quotes: nothing but this content is read. */
  readonly etag?: string | undefined;
}

export interface OpenObject {
  /** Bytes. */
  readonly size: number;
  /** To be read once. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Frees the connection, at any time and more than once. */
  close(): void;
}

/** How often in a row a download may break without a byte of progress. */
const MAX_BREAKS = 4;

/**
 * Opens an object and streams it; a download that breaks is taken up where it broke, in the very same content. What was
 * handed out is never taken back: where the content has changed or gone meanwhile, reading fails.
 *
 * @throws what the SDK throws, also while the chunks are read
 */
export async function streamObject(client: S3Client, object: ObjectToStream): Promise<OpenObject> {
  const first = await get(client, object, 0);
  const pinned = { ...object, etag: object.etag ?? first.etag };
  let download = first;
  let isClosed = false;

  const readChunks = async function* () {
    let place = 0;
    let breaks = 0;
    try {
      for (;;) {
        try {
          for await (const chunk of download.body) {
            place += (chunk as Uint8Array).length;
            breaks = 0;
            yield chunk as Uint8Array;
          }
          if (isClosed) throw new Error('the download was closed before its end');
          if (place === first.size) return;
          throw new BrokenDownload(place, first.size);
        } catch (error) {
          download.stop();
          if (isClosed || place >= first.size || ++breaks > MAX_BREAKS || !mayPass(error)) throw error;
        }
        download = await get(client, pinned, place);
      }
    } finally {
      download.stop();
    }
  };
  return {
    size: first.size,
    chunks: readChunks(),
    close: () => {
      isClosed = true;
      download.stop();
    },
  };
}

/** Fewer bytes came than the object has. */
class BrokenDownload extends Error {
  override readonly name = 'ECONNRESET';

  constructor(place: number, size: number) {
    super(`the download ended after ${place} of ${size} bytes`);
  }
}

async function get(client: S3Client, { bucket, key, versionId, etag }: ObjectToStream, from: number) {
  const abort = new AbortController();
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: key,
    ...(versionId === undefined ? {} : { VersionId: versionId }),
    ...(etag === undefined ? {} : { IfMatch: etag }),
    ...(from === 0 ? {} : { Range: `bytes=${from}-` }),
  });
  const answer = await client.send(command, { abortSignal: abort.signal });
  const body = answer.Body as Readable;
  // Stopped, it fails; whoever reads it then is told.
  body.on('error', () => {});
  const stop = () => {
    if (body.readableEnded) return;
    body.destroy();
    abort.abort();
  };
  return { body, etag: answer.ETag, size: from + (answer.ContentLength ?? 0), stop };
}

/** Whether the rest may still be read: the connection broke, and not the content or the right to read it. */
function mayPass(error: unknown): boolean {
  if (isMissing(error) || isRefused(error)) return false;
  const { kind, retryable } = describeServiceFault(error, 'S3', '');
  return retryable || kind === 'network';
}
