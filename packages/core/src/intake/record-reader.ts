import type { FileRefusal } from '../ports/warehouse.port.ts';
import { afterLineBreak, findLineBreak } from './byte-kinds.ts';
import { ByteWindow } from './byte-window.ts';
import { QUOTED, QuotedRecord } from './quoted-record.ts';
import { type Header, readHeader, refuse } from './read-header.ts';
import { RecordBatch } from './record-batch.ts';
import { INCOMPLETE, type RecordLimits, RecordScanner } from './record-scanner.ts';

export interface RecordReaderOptions extends RecordLimits {
  /** Column names in lower case; their places are the slots of the batch. */
  readonly columns: readonly string[];
  /** Records a batch. */
  readonly batchSize: number;
  /** Takes the records; they are gone when it returns. */
  readonly onBatch: (batch: RecordBatch) => void;
  /** Told once, before the first batch. */
  readonly onHeader?: (header: Header) => void;
}

/**
 * A streaming reader of CSV that scans bytes. One bad record costs one record: where a quote does not close, the record
 * ends at its first physical line break and reading goes on at the next line. Memory holds one chunk and at most one
 * record of the longest length. What is read does not depend on how the bytes are cut into chunks.
 */
export class RecordReader {
  /** Why the file cannot be read as ours; nothing is read any more. */
  refusal: FileRefusal | undefined;
  header: Header | undefined;

  private readonly options: RecordReaderOptions;
  private readonly window = new ByteWindow();
  private readonly batch: RecordBatch;
  private readonly scanner: RecordScanner;
  private isStarted = false;

  constructor(options: RecordReaderOptions) {
    this.options = options;
    this.batch = new RecordBatch(options.batchSize, options.columns.length);
    this.scanner = new RecordScanner(this.window, this.batch, options);
  }

  /** Data records, bad ones among them. */
  get records(): number {
    return this.scanner.records;
  }

  /** Lines that hold nothing but blanks. */
  get blankLines(): number {
    return this.scanner.blankLines;
  }

  push(chunk: Uint8Array): void {
    if (this.refusal !== undefined) return;
    this.window.append(chunk);
    this.scan();
  }

  /** To be called once, after the last chunk. */
  end(): void {
    this.window.isLast = true;
    this.push(new Uint8Array(0));
  }

  private scan(): void {
    const { window } = this;
    if (!this.skipByteOrderMark()) return;
    while (this.header === undefined && this.refusal === undefined && window.position < window.limit) {
      const next = this.readFirst();
      if (next === INCOMPLETE) return;
      window.position = next;
    }
    if (this.header !== undefined) this.scanRecords();
  }

  private scanRecords(): void {
    const { window, batch, scanner } = this;
    batch.bytes = window.bytes;
    while (scanner.fillBatch()) this.flush();
    this.flush();
  }

  private flush(): void {
    if (this.batch.count === 0) return;
    this.options.onBatch(this.batch);
    this.batch.clear();
  }

  /** False as long as it is not known whether there is one. */
  private skipByteOrderMark(): boolean {
    const { bytes, limit, isLast } = this.window;
    if (this.isStarted) return true;
    if (limit < 3 && !isLast) return false;
    this.isStarted = true;
    if (limit >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.window.position = 3;
    return true;
  }

  /** Reads up to the header: the first line that is not blank, over several lines where its quotes say so. */
  private readFirst(): number {
    const { window, options, scanner } = this;
    const { bytes, position, limit, isLast } = window;
    const { maxRecordBytes } = options;
    const quoted = new QuotedRecord();
    const outcome = quoted.read(bytes, position, limit, isLast);
    if (outcome === QUOTED.incomplete && limit - position <= maxRecordBytes + 1) return INCOMPLETE;
    const isWhole = outcome === QUOTED.complete && quoted.end - position <= maxRecordBytes;
    const end = isWhole ? quoted.end : findLineBreak(bytes, position, limit);
    if (end - position > maxRecordBytes) {
      this.refusal = refuse('file-not-text', `the first line does not end within ${maxRecordBytes} bytes`).refusal;
      return limit;
    }
    if (window.endsUnknown(end)) return INCOMPLETE;
    scanner.line += isWhole ? 1 + quoted.innerLines : 1;
    if (window.isBlankLine(position, end)) scanner.blankLines++;
    else this.takeHeader(bytes.subarray(position, end));
    return afterLineBreak(bytes, end, limit);
  }

  private takeHeader(record: Uint8Array): void {
    const { options, scanner } = this;
    const header = readHeader(record, options.columns);
    if (header.kind === 'refused') {
      this.refusal = header.refusal;
      return;
    }
    this.header = header;
    scanner.slots = header.slots;
    options.onHeader?.(header);
  }
}
