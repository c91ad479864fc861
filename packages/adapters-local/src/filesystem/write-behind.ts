import type { FileHandle } from 'node:fs/promises';

/** Bytes that wait for the disk before who writes has to wait, too. */
const MOST_WAITING = 1024 * 1024;

/** Appends to a file while who writes goes on; what has gathered during one write is the next one. */
export class WriteBehind {
  readonly #handle: FileHandle;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #writing: Promise<void> | undefined;
  #fault: { readonly error: unknown } | undefined;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /**
   * The bytes belong to the file from here on; they are gone when they are written.
   *
   * @throws what an earlier write failed with
   */
  async write(bytes: Uint8Array): Promise<void> {
    this.#throwFault();
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    this.#writing ??= this.#writeAll();
    if (this.#waitingBytes > MOST_WAITING) await this.flush();
  }

  /** Waits until everything is written. @throws what a write failed with */
  async flush(): Promise<void> {
    await this.#writing;
    this.#throwFault();
  }

  async #writeAll(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const next = this.#waiting;
        this.#waiting = [];
        this.#waitingBytes = 0;
        await writeWhole(this.#handle, next);
        next.forEach(free);
      }
    } catch (error) {
      this.#fault = { error };
    } finally {
      this.#writing = undefined;
    }
  }

  #throwFault(): void {
    if (this.#fault !== undefined) throw this.#fault.error;
  }
}

async function writeWhole(handle: FileHandle, parts: readonly Uint8Array[]): Promise<void> {
  const total = parts.reduce((sum, { length }) => sum + length, 0);
  let { bytesWritten } = await handle.writev(parts);
  // A short write is rare: the disk is nearly full. The rest goes part by part.
  for (let before = 0, i = 0; bytesWritten < total; before += parts[i++]!.length) {
    const part = parts[i]!;
    while (bytesWritten < before + part.length) {
      bytesWritten += (await handle.write(part, bytesWritten - before)).bytesWritten;
    }
  }
}

/**
 * Gives memory back: tens of megabytes would gather before the garbage collector came by. Only what the bytes are most of,
 * since small `Buffer`s share theirs.
 */
function free({ buffer, length }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && length * 2 > buffer.byteLength) buffer.transfer(0);
}
