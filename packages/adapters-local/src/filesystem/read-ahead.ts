import type { FileHandle } from 'node:fs/promises';

/** Several pieces for the threads that read rows: a chunk comes only when the main thread has an eye for it. */
const BYTES_A_CHUNK = 1024 * 1024;

export interface ReadAhead {
  /** The file's chunks in two buffers that take turns: while one is used, the other one is filled. */
  chunks(): AsyncIterable<Uint8Array>;
  /** Waits for a read that is under way, so that the file may be closed. */
  settle(): Promise<void>;
}

/**
 * Reads a file from its start to its end, one chunk ahead of the reader.
 *
 * @param size bytes that are expected; a small file gets small buffers
 * @param onChunk sees each chunk before the reader, while the disk is at work on the next one
 */
export function readAhead(handle: FileHandle, size: number, onChunk: (chunk: Uint8Array) => void): ReadAhead {
  let pending: Promise<unknown> = Promise.resolve();
  const fill = (buffer: Uint8Array) => {
    const read = handle.read(buffer, 0, buffer.length);
    pending = read.catch(() => {});
    return read;
  };
  return {
    async *chunks() {
      const length = Math.min(BYTES_A_CHUNK, size + 1);
      let [current, next] = [new Uint8Array(length), new Uint8Array(length)];
      let { bytesRead } = await fill(current);
      let total = 0;
      // A file that has more than was listed is another version by now, and may never end.
      while (bytesRead > 0 && total <= size) {
        total += bytesRead;
        const chunk = current.subarray(0, bytesRead);
        const following = fill(next);
        following.catch(() => {});
        onChunk(chunk);
        yield chunk;
        ({ bytesRead } = await following);
        [current, next] = [next, current];
      }
    },
    settle: async () => {
      await pending;
    },
  };
}
