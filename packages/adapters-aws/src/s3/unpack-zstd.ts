import { createZstdDecompress, type ZstdDecompress } from 'node:zlib';

const CHUNK_BYTES = 256 * 1024;
/** Fed at once, so that little data that holds much does not fill the memory. */
const SLICE_BYTES = 16 * 1024;

/**
 * Unpacks zstd data of one frame or of several. Node's own stream ends with the first frame and says nothing of what follows
 * in the same chunk, so each frame gets a stream of its own.
 *
 * @throws Error where the data is damaged or cut off; what `packed` throws passes through
 */
export async function* unpackZstd(packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let frame: Frame | undefined;
  try {
    for await (const chunk of packed) {
      for (let place = 0; place < chunk.length; ) {
        const slice = chunk.subarray(place, place + SLICE_BYTES);
        frame ??= new Frame();
        const used = await frame.write(slice);
        yield* frame.take();
        place += used;
        if (used === slice.length) continue;
        if (used === 0) throw new Error('the data is no zstd data');
        frame.close();
        frame = undefined;
      }
    }
    await frame?.end();
    yield* frame?.take() ?? [];
  } finally {
    frame?.close();
  }
}

/** One frame; also those that follow it, where they begin with a write. */
class Frame {
  readonly #stream: ZstdDecompress = createZstdDecompress({ chunkSize: CHUNK_BYTES });
  readonly #failed: Promise<never>;
  #unpacked: Buffer[] = [];

  constructor() {
    this.#stream.on('data', (chunk: Buffer) => this.#unpacked.push(chunk));
    this.#failed = new Promise((_, reject) => this.#stream.once('error', reject));
    // Told where somebody waits for it.
    this.#failed.catch(() => {});
  }

  /** @returns how many of the bytes belong to it */
  async write(bytes: Uint8Array): Promise<number> {
    const before = this.#stream.bytesWritten;
    const written = new Promise<void>((resolve, reject) => {
      this.#stream.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
    await Promise.race([written, this.#failed]);
    return this.#stream.bytesWritten - before;
  }

  async end(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.#stream.once('end', resolve));
    this.#stream.end();
    await Promise.race([ended, this.#failed]);
  }

  take(): Buffer[] {
    const unpacked = this.#unpacked;
    this.#unpacked = [];
    return unpacked;
  }

  close(): void {
    this.#stream.destroy();
  }
}
