import { closeSync, openSync, readSync } from 'node:fs';
import type { OutputFormat } from '../harness/subject.ts';

const LF = 10;
const QUOTE = 34;
const BACKSLASH = 92;
/** Stands between the values of a record that was read; no value holds it. */
export const SEPARATOR = 0x1f;
const CHUNK_BYTES = 1 << 20;
const MAX_RECORD_BYTES = 1 << 17;

/** Called for each record with its values, unescaped, a separator between two. The bytes hold until the next record. */
export type OnRecord = (bytes: Uint8Array, length: number) => void;

/** Reads every record of a file of well-formed records. It shares no code with what it checks. */
export function readRecords(path: string, format: OutputFormat, onRecord: OnRecord): void {
  const file = openSync(path, 'r');
  const chunk = new Uint8Array(CHUNK_BYTES);
  const reader = format === 'csv' ? new CsvReader(onRecord) : new StagedReader(onRecord);
  try {
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) reader.push(chunk, read);
  } finally {
    closeSync(file);
  }
  reader.end(path);
}

abstract class Reader {
  protected readonly record = new Uint8Array(MAX_RECORD_BYTES);
  protected length = 0;
  private readonly onRecord: OnRecord;

  constructor(onRecord: OnRecord) {
    this.onRecord = onRecord;
  }

  abstract push(chunk: Uint8Array, end: number): void;

  end(path: string): void {
    if (this.length > 0) throw new Error(`${path} ends within a record`);
  }

  protected finish(): void {
    this.onRecord(this.record, this.length);
    this.length = 0;
  }
}

/** RFC 4180 with line feeds. */
class CsvReader extends Reader {
  private isQuoted = false;
  private wasQuote = false;

  push(chunk: Uint8Array, end: number): void {
    const { record } = this;
    for (let i = 0; i < end; i++) {
      const byte = chunk[i]!;
      if (byte === QUOTE) {
        // A quote right after a closing one: the two stand for one.
        if (this.wasQuote) record[this.length++] = QUOTE;
        this.wasQuote = this.isQuoted;
        this.isQuoted = !this.isQuoted;
        continue;
      }
      this.wasQuote = false;
      if (this.isQuoted) record[this.length++] = byte;
      else if (byte === LF) this.finish();
      else record[this.length++] = byte === 44 ? SEPARATOR : byte;
    }
  }
}

/** Tabs between values, a backslash before each special byte of a value. */
class StagedReader extends Reader {
  private isEscaped = false;

  push(chunk: Uint8Array, end: number): void {
    const { record } = this;
    for (let i = 0; i < end; i++) {
      const byte = chunk[i]!;
      if (this.isEscaped) {
        record[this.length++] = byte;
        this.isEscaped = false;
      } else if (byte === BACKSLASH) this.isEscaped = true;
      else if (byte === LF) this.finish();
      else record[this.length++] = byte === 9 ? SEPARATOR : byte;
    }
  }
}
