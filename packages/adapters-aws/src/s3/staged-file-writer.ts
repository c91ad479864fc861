import type { S3Client } from '@aws-sdk/client-s3';
import type { StageWriter } from '@weir/core';
import { type StagedPart, StagedPartWriter } from './staged-part-writer.ts';

export interface StagedFileWriterOptions {
  readonly client: S3Client;
  readonly bucket: string;
  /** The folder of one attempt of a run, with its last `/`: `runs/<run>/<token>/`. */
  readonly prefix: string;
  /** Number of the file in its run, from 1. */
  readonly fileNo: number;
  /** Text of one part, before it is compressed. Bytes. */
  readonly partBytes?: number;
}

const PART_BYTES = 64 * 1024 * 1024;

/**
 * Writes the staged lines of one file to S3: `rows/file-<no>-part-<nnn>.zst` and `rejects/...`. Where a part ends depends on
 * nothing but the lines, so that whoever writes them again, cut into calls in whatever way, writes the same bytes to the same
 * keys. At most one part of rows and one of rejects is in memory, compressed.
 */
export class StagedFileWriter implements StageWriter {
  readonly #rows: StagedPartWriter;
  readonly #rejects: StagedPartWriter;

  constructor({ client, bucket, prefix, fileNo, partBytes = PART_BYTES }: StagedFileWriterOptions) {
    const open = (table: StagedPart['table']) =>
      new StagedPartWriter({
        client,
        bucket,
        partBytes,
        table,
        keyOf: (part) => stagedKey(prefix, table, fileNo, part),
      });
    this.#rows = open('rows');
    this.#rejects = open('rejects');
  }

  /** @throws PortError `warehouse.stage-failed` */
  async writeRows(lines: Uint8Array): Promise<void> {
    await this.#rows.write(lines);
  }

  /** @throws PortError `warehouse.stage-failed` */
  async writeRejects(lines: Uint8Array): Promise<void> {
    await this.#rejects.write(lines);
  }

  /**
   * Writes what is left, and tells everything that was written, rows first.
   *
   * @throws PortError `warehouse.stage-failed`
   */
  async end(): Promise<readonly StagedPart[]> {
    return [...(await this.#rows.end()), ...(await this.#rejects.end())];
  }
}

/** @param part from 1 */
function stagedKey(prefix: string, table: string, fileNo: number, part: number): string {
  return `${prefix}${table}/file-${fileNo}-part-${String(part).padStart(3, '0')}.zst`;
}
