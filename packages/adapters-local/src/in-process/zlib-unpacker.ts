import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { PortError, type Unpacker } from '@weir/core';
import { PackedSource } from './packed-source.ts';

const CHUNK_BYTES = 128 * 1024;

/** Node's own zlib. */
export class ZlibUnpacker implements Unpacker {
  async *unpack(packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    const source = new PackedSource(packed);
    const unpacked = createGunzip({ chunkSize: CHUNK_BYTES });
    // One chunk ahead, or a small file that holds a large one would be read at once.
    pipeline(Readable.from(source.chunks(), { highWaterMark: 1 }), unpacked, () => undefined);
    try {
      for await (const chunk of unpacked) yield chunk;
      // At zeros behind a member zlib stops: what it left may be more than padding.
      if (source.bytes > 0) await source.readRest();
    } catch (error) {
      if (source.error !== undefined) throw source.error.thrown;
      if (source.bytes > 0) throw damaged(error);
    } finally {
      await source.close();
    }
    if (source.contentEnd > unpacked.bytesWritten) throw damaged(undefined);
  }
}

function damaged(cause: unknown): PortError {
  return new PortError({
    code: 'unpacker.damaged',
    message: 'the gzip data is damaged, cut off, or no gzip data',
    remedy: 'Deliver the file again.',
    cause,
  });
}
