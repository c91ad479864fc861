import { once } from 'node:events';
import { constants, createZstdCompress, type ZstdCompress } from 'node:zlib';

/** Takes half of the time of the default level, 3; what it makes of staged rows is about as small. */
const LEVEL = 1;

/** Compresses into memory, as one zstd frame with a checksum. The bytes do not depend on how they were cut into writes. */
export class ZstdPacker {
  readonly #stream: ZstdCompress;
  readonly #packed: Buffer[] = [];

  constructor() {
    const { ZSTD_c_compressionLevel: level, ZSTD_c_checksumFlag: checksum } = constants;
    this.#stream = createZstdCompress({ chunkSize: 256 * 1024, params: { [level]: LEVEL, [checksum]: 1 } });
    this.#stream.on('data', (chunk: Buffer) => this.#packed.push(chunk));
  }

  /** Resolves when the bytes may be used again. */
  async write(bytes: Uint8Array): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#stream.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  async end(): Promise<Buffer> {
    this.#stream.end();
    await once(this.#stream, 'end');
    return Buffer.concat(this.#packed);
  }
}
