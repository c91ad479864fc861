import { constants, crc32, deflateRawSync } from 'node:zlib';

const HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);
const FINAL_EMPTY_BLOCK = Uint8Array.of(3, 0);

/**
 * Gzip in one member, chunk by chunk and synchronously: each chunk ends on a byte border, so chunks join into one
 * stream. The bytes are the same for the same zlib; another version of Node may compress otherwise.
 */
export class GzipStream {
  #crc = 0;
  #size = 0;
  #started = false;

  /** The compressed bytes of one more chunk. */
  add(chunk: Uint8Array): Buffer {
    this.#crc = crc32(chunk, this.#crc);
    this.#size += chunk.length;
    const body = deflateRawSync(chunk, { level: 6, finishFlush: constants.Z_SYNC_FLUSH });
    if (this.#started) return body;
    this.#started = true;
    return Buffer.concat([HEADER, body]);
  }

  /** The bytes that end the stream. */
  end(): Buffer {
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(this.#crc, 0);
    trailer.writeUInt32LE(this.#size % 2 ** 32, 4);
    return Buffer.concat([this.#started ? FINAL_EMPTY_BLOCK : Buffer.concat([HEADER, FINAL_EMPTY_BLOCK]), trailer]);
  }
}
