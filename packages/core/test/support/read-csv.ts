import { RecordReader } from '../../src/intake/record-reader.ts';
import type { FileRefusal } from '../../src/ports/warehouse.port.ts';
import { type FaultCode, faultsOf } from '../../src/rules/faults.ts';

export interface ReadRecord {
  readonly line: number;
  readonly faults: readonly FaultCode[];
  /** By wanted column; undefined where the record has a fault. */
  readonly values: readonly string[] | undefined;
  /** One character a byte. */
  readonly raw: string;
}

export interface ReadResult {
  readonly refusal: FileRefusal | undefined;
  readonly header: string | undefined;
  readonly ignored: readonly string[] | undefined;
  readonly blankLines: number;
  readonly records: readonly ReadRecord[];
}

export interface ReadOptions {
  readonly columns?: readonly string[];
  readonly maxRecordBytes?: number;
  readonly batchSize?: number;
}

/** Reads chunks through the `RecordReader` and keeps everything that it told. */
export function readChunks(chunks: Iterable<Uint8Array>, options: ReadOptions = {}): ReadResult {
  const { columns = ['a', 'b'], maxRecordBytes = 1024, batchSize = 3 } = options;
  const records: ReadRecord[] = [];
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const reader = new RecordReader({
    maxValueBytes: 64,
    columns,
    maxRecordBytes,
    batchSize,
    onBatch: (batch) => {
      for (let row = 0; row < batch.count; row++) {
        const faults = faultsOf(batch.fault[row]!).map(({ code }) => code);
        const values = columns.map((_, slot) => {
          const place = row * batch.width + slot;
          return faults.length > 0 ? '' : decoder.decode(batch.bytes.subarray(batch.starts[place], batch.ends[place]));
        });
        records.push({
          line: batch.line[row]!,
          faults,
          values: faults.length > 0 ? undefined : values,
          raw: Buffer.from(batch.raw(row)).toString('latin1'),
        });
      }
    },
  });
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  if (reader.records !== records.length) throw new Error(`counted ${reader.records} records, gave ${records.length}`);
  const { refusal, header, blankLines } = reader;
  return { refusal, header: header?.text, ignored: header?.ignored, blankLines, records };
}

export function readCsv(content: string | Uint8Array, options: ReadOptions = {}): ReadResult {
  return readChunks([bytesOf(content)], options);
}

export function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
}

/** Copies of the pieces between the cuts. */
export function cutAt(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, i) => bytes.slice(places[i], end));
}

export function cutEvery(bytes: Uint8Array, size: number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.slice(at, at + size));
  return chunks;
}
