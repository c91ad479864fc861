/** The delivered bytes are not what their name says. */
export class DamagedArchiveError extends Error {
  override readonly name = 'DamagedArchiveError';
}

/**
 * The text of a file: its bytes as they are, or unpacked where the key ends with `.gz`. Unpacks as it is read, so memory
 * does not grow with what is inside.
 *
 * @throws DamagedArchiveError where gzip data is damaged or cut off; errors of `chunks` pass through
 */
export function unpack(key: string, chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return key.toLowerCase().endsWith('.gz') ? gunzip(chunks) : chunks;
}

async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream('gzip');
  const source = { isEmpty: true, error: undefined as unknown };
  const pumping = pump(chunks, writable, source);
  const reader = readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    await pumping;
  } catch (error) {
    await pumping;
    if (source.error !== undefined) throw source.error;
    // A file of no bytes at all is an empty file, not a damaged one.
    if (!source.isEmpty) throw new DamagedArchiveError('the gzip data is damaged or cut off', { cause: error });
  } finally {
    await reader.cancel().catch(() => undefined);
    await pumping;
  }
}

/** Never rejects: what the source threw is left in `source.error`, what the stream threw is seen by its reader. */
async function pump(
  chunks: AsyncIterable<Uint8Array>,
  writable: WritableStream<Uint8Array<ArrayBuffer>>,
  source: { isEmpty: boolean; error: unknown },
): Promise<void> {
  const writer = writable.getWriter();
  try {
    for await (const chunk of chunks) {
      if (chunk.length > 0) source.isEmpty = false;
      try {
        // A copy: the producer may use its chunk again while the stream still holds it.
        await writer.write(chunk.slice());
      } catch {
        return;
      }
    }
    await writer.close().catch(() => undefined);
  } catch (error) {
    source.error = error;
    await writer.abort(error).catch(() => undefined);
  }
}
