import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { PortError, type Unpacker } from '@weir/core';

const CHUNK_BYTES = 128 * 1024;

/** Node's own zlib. */
export class ZlibUnpacker implements Unpacker {
  async *unpack(packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    const source: Source = { isEmpty: true, error: undefined };
    const unpacked = createGunzip({ chunkSize: CHUNK_BYTES });
    // One chunk ahead, or a small file that holds a large one would be read at once.
    pipeline(Readable.from(watch(packed, source), { highWaterMark: 1 }), unpacked, () => undefined);
    try {
      for await (const chunk of unpacked) yield chunk;
    } catch (error) {
      if (source.error !== undefined) throw source.error.thrown;
      if (source.isEmpty) return;
      throw new PortError({
        code: 'unpacker.damaged',
        message: 'the gzip data is damaged, cut off, or no gzip data',
        remedy: 'Deliver the file again.',
        cause: error,
      });
    }
  }
}

interface Source {
  isEmpty: boolean;
  error: { readonly thrown: unknown } | undefined;
}

/** What zlib finds wrong is thrown into this generator too; only what `packed` throws is kept. */
async function* watch(packed: AsyncIterable<Uint8Array>, source: Source): AsyncGenerator<Uint8Array> {
  const iterator = packed[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await iterator.next().catch((thrown: unknown) => {
        source.error = { thrown };
        throw thrown;
      });
      if (next.done === true) return;
      if (next.value.length === 0) continue;
      source.isEmpty = false;
      // A copy: the producer may use its chunk again while zlib still holds it.
      yield next.value.slice();
    }
  } finally {
    if (source.error === undefined) await iterator.return?.();
  }
}
