import { createHash } from 'node:crypto';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { placeOf, toS3Fault } from './s3-fault.ts';
import { ZstdPacker } from './zstd-packer.ts';

/** One object with staged lines. */
export interface StagedPart {
  readonly table: 'rows' | 'rejects';
  readonly key: string;
  /** Of the object, compressed. */
  readonly bytes: number;
  readonly lines: number;
  /** SHA-256 of the object in base64, as S3's `ChecksumSHA256`. */
  readonly checksum: string;
}

export interface StagedPartWriterOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly table: StagedPart['table'];
  /** A part ends with the line that reaches this many bytes of text. */
  readonly partBytes: number;
  /** The key of a part, counted from 1. */
  readonly keyOf: (part: number) => string;
}

const LF = 10;
const BACKSLASH = 92;

/** Cuts the lines of one table of one file into parts. */
export class StagedPartWriter {
  readonly #options: StagedPartWriterOptions;
  readonly #parts: StagedPart[] = [];
  #packer: ZstdPacker | undefined;
  #textBytes = 0;
  #lines = 0;

  constructor(options: StagedPartWriterOptions) {
    this.#options = options;
  }

  /** @param text whole lines */
  async write(text: Uint8Array): Promise<void> {
    let start = 0;
    while (start < text.length) {
      const end = this.#findEnd(text, start);
      const lines = text.subarray(start, end);
      this.#packer ??= new ZstdPacker();
      await this.#packer.write(lines);
      this.#textBytes += lines.length;
      this.#lines += countLines(lines);
      if (this.#textBytes >= this.#options.partBytes) await this.#endPart();
      start = end;
    }
  }

  async end(): Promise<readonly StagedPart[]> {
    await this.#endPart();
    return [...this.#parts];
  }

  /** Behind the first line end with which the part is full, or the end of the text. */
  #findEnd(text: Uint8Array, start: number): number {
    const full = start + this.#options.partBytes - this.#textBytes;
    for (let i = Math.max(start, full - 1); i < text.length; i++) {
      if (text[i] === LF && !isEscaped(text, i)) return i + 1;
    }
    return text.length;
  }

  async #endPart(): Promise<void> {
    if (this.#packer === undefined) return;
    const { client, bucket, table, keyOf } = this.#options;
    const body = await this.#packer.end();
    const key = keyOf(this.#parts.length + 1);
    const checksum = createHash('sha256').update(body).digest('base64');
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: body,
      ContentLength: body.length,
      ChecksumSHA256: checksum,
    });
    try {
      await client.send(command);
    } catch (error) {
      const what = `Staged lines cannot be written to ${placeOf(bucket, key)}`;
      throw toS3Fault(error, { code: 'warehouse.stage-failed', what, bucket, key, permission: 's3:PutObject' });
    }
    this.#parts.push({ table, key, bytes: body.length, lines: this.#lines, checksum });
    this.#packer = undefined;
    this.#textBytes = 0;
    this.#lines = 0;
  }
}

/** Line ends that stand for themselves are inside a value. */
function countLines(text: Uint8Array): number {
  let lines = 0;
  for (let i = text.indexOf(LF); i >= 0; i = text.indexOf(LF, i + 1)) {
    if (!isEscaped(text, i)) lines++;
  }
  return lines;
}

function isEscaped(text: Uint8Array, place: number): boolean {
  let backslashes = 0;
  while (text[place - 1 - backslashes] === BACKSLASH) backslashes++;
  return backslashes % 2 === 1;
}
