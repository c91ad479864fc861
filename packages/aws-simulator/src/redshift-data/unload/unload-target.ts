import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { UnloadCommand } from '../sql/parse-unload.ts';

interface UnloadedFile {
  readonly key: string;
  readonly body: Buffer;
}

interface OpenFile {
  readonly lines: string[];
  bytes: number;
  rows: number;
}

const ENDINGS = { none: '', gzip: '.gz', zstd: '.zst' } as const;

/** The files of an UNLOAD: some side by side, or one after the other where PARALLEL is OFF. */
export class UnloadTarget {
  rows = 0;
  readonly #unload: UnloadCommand;
  readonly #header: string | undefined;
  readonly #slices: OpenFile[][];

  constructor(unload: UnloadCommand, slices: number, header: string | undefined) {
    this.#unload = unload;
    this.#header = header;
    // A slice without rows writes a file all the same.
    this.#slices = Array.from({ length: unload.isParallel ? slices : 1 }, () => [this.#open()]);
  }

  add(line: string): void {
    const slice = this.#slices[this.rows++ % this.#slices.length]!;
    const bytes = Buffer.byteLength(line);
    let file = slice.at(-1)!;
    if (file.bytes + bytes > this.#unload.maxFileSize) {
      file = this.#open();
      slice.push(file);
    }
    file.lines.push(line);
    file.bytes += bytes;
    file.rows++;
  }

  /** All files, the manifest last. */
  end(): readonly UnloadedFile[] {
    const { prefix, hasManifest, bucket, isVerbose } = this.#unload;
    const files = this.#slices.flatMap((slice, sliceNo) =>
      slice.map((file, part) => ({ key: this.#keyOf(sliceNo, part), body: this.#pack(file), rows: file.rows })),
    );
    if (!hasManifest) return files;
    const entries = files.map(({ key, body, rows }) => ({
      url: `s3://${bucket}/${key}`,
      ...(isVerbose && { meta: { content_length: body.length, record_count: rows } }),
    }));
    const total = files.reduce((sum, { body }) => sum + body.length, 0);
    const meta = isVerbose && { meta: { content_length: total, record_count: this.rows } };
    return [...files, { key: `${prefix}manifest`, body: Buffer.from(JSON.stringify({ entries, ...meta }, null, 2)) }];
  }

  #open(): OpenFile {
    return { lines: this.#header === undefined ? [] : [this.#header], bytes: 0, rows: 0 };
  }

  #keyOf(slice: number, part: number): string {
    const { prefix, isParallel, compression, extension } = this.#unload;
    const name = isParallel
      ? `${String(slice).padStart(4, '0')}_part_${String(part).padStart(2, '0')}`
      : String(part).padStart(3, '0');
    return `${prefix}${name}${extension === undefined ? ENDINGS[compression] : `.${extension}`}`;
  }

  #pack({ lines }: OpenFile): Buffer {
    const text = Buffer.from(lines.join(''));
    const { compression } = this.#unload;
    if (compression === 'gzip') return gzipSync(text);
    return compression === 'zstd' ? zstdCompressSync(text) : text;
  }
}
