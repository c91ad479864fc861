import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, utimesSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { GzipStream } from './gzip-stream.ts';

const CAPACITY = 512 * 1024;

export interface SinkOptions {
  readonly path: string;
  /** Milliseconds since 1970; left as it comes where `undefined`. */
  readonly modified?: number;
  readonly gzip?: boolean;
}

/**
 * A file that is filled through one large buffer and appears under its name only when it is complete. Callers
 * `reserve` room, write into `bytes` from `length` on, and move `length`.
 */
export class FileSink {
  readonly bytes: Buffer = Buffer.allocUnsafe(CAPACITY);
  length = 0;
  /** Bytes on disk. */
  written = 0;

  readonly #options: SinkOptions;
  readonly #partial: string;
  readonly #gzip: GzipStream | undefined;
  #file: number | undefined;

  constructor(options: SinkOptions) {
    this.#options = options;
    this.#partial = partialPath(options.path);
    this.#gzip = options.gzip ? new GzipStream() : undefined;
    makeFolder(dirname(options.path));
    this.#file = openSync(this.#partial, 'w');
  }

  /** Makes room for `size` bytes, at most 64 KiB. */
  reserve(size: number): void {
    if (this.length + size > CAPACITY) this.#flush();
  }

  /** Adds text as UTF-8; at most 16,384 characters. */
  text(text: string): void {
    this.reserve(text.length * 3);
    this.length += this.bytes.write(text, this.length, 'utf8');
  }

  /** Adds bytes of any number. */
  chunk(bytes: Uint8Array): void {
    this.#flush();
    this.#out(bytes);
  }

  close(): void {
    this.#flush();
    if (this.#gzip) this.#write(this.#gzip.end());
    closeSync(this.#file as number);
    this.#file = undefined;
    const { path, modified } = this.#options;
    if (modified !== undefined) utimesSync(this.#partial, modified / 1000, modified / 1000);
    renameSync(this.#partial, path);
  }

  /** Drops the file unless it is complete. */
  discard(): void {
    if (this.#file === undefined) return;
    closeSync(this.#file);
    this.#file = undefined;
    rmSync(this.#partial, { force: true });
  }

  #flush(): void {
    if (this.length > 0) this.#out(this.bytes.subarray(0, this.length));
    this.length = 0;
  }

  #out(bytes: Uint8Array): void {
    this.#write(this.#gzip ? this.#gzip.add(bytes) : bytes);
  }

  #write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file as number, bytes, at);
    this.written += bytes.length;
  }
}

/** Where a file lies until it is complete. */
export function partialPath(path: string): string {
  return `${path}.part`;
}

/** Step by step: Node's own way never ends in a folder that takes none and says it is missing, such as /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
