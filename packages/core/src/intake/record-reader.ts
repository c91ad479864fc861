import type { FileRefusal } from '../ports/warehouse.port.ts';
import { ByteWindow } from './byte-window.ts';
import { HeaderReader } from './header-reader.ts';
import type { Header } from './read-header.ts';
import { RecordBatch } from './record-batch.ts';
import { type RecordLimits, RecordScanner } from './record-scanner.ts';

export interface RecordReaderOptions extends RecordLimits {
  /** Column names in lower case; their places are the slots of the batch. */
  readonly columns: readonly string[];
  /** Records a batch. */
  readonly batchSize: number;
  /** Takes the records; they are gone when it returns. */
  readonly onBatch: (batch: RecordBatch) => void;
  /** For a reader that begins behind the header, at the start of a record. */
  readonly start?: RecordStart | undefined;
}

/** A place between two records of a file. */
export interface RecordStart {
  readonly header: Header;
  /** Physical line of the record that starts here, from 1. */
  readonly line: number;
}

/**
 * A streaming reader of CSV that scans bytes. One bad record costs one record: where a quote does not close, the record
 * ends at its first physical line break and reading goes on at the next line. Memory holds one chunk and at most one
 * record of the longest length. What is read does not depend on how the bytes are cut into chunks.
 */
export class RecordReader {
  header: Header | undefined;

  private readonly options: RecordReaderOptions;
  private readonly window = new ByteWindow();
  private readonly headerReader: HeaderReader;
  private readonly batch: RecordBatch;
  private readonly scanner: RecordScanner;
  /** How many bytes must be at hand before they are read again. */
  private worthReading = 0;

  constructor(options: RecordReaderOptions) {
    this.options = options;
    this.headerReader = new HeaderReader(this.window, options);
    this.batch = new RecordBatch(options.batchSize, options.columns.length);
    this.scanner = new RecordScanner(this.window, this.batch, options);
    if (options.start !== undefined) this.startAt(options.start);
  }

  /** Why the file cannot be read as ours; nothing is read any more. */
  get refusal(): FileRefusal | undefined {
    return this.headerReader.refusal;
  }

  /** Data records, bad ones among them. */
  get records(): number {
    return this.scanner.records;
  }

  /** Lines that hold nothing but blanks. */
  get blankLines(): number {
    return this.headerReader.blankLines + this.scanner.blankLines;
  }

  /** Whether all bytes so far are read, and the next one starts a record. */
  get isBetweenRecords(): boolean {
    return this.header !== undefined && this.window.position === this.window.limit && !this.scanner.isSkipping;
  }

  push(chunk: Uint8Array): void {
    if (this.refusal !== undefined) return;
    this.window.append(chunk);
    if (this.header === undefined) this.readHeader();
    if (this.header !== undefined) this.scanRecords();
  }

  /** To be called once, after the last chunk. */
  end(): void {
    this.window.isLast = true;
    this.push(new Uint8Array(0));
  }

  /** Counts anew from a place further on in the same file, where a record starts on physical line `line`. */
  moveTo(line: number): void {
    this.window.clear();
    this.scanner.records = 0;
    this.scanner.blankLines = 0;
    this.scanner.line = line;
  }

  private readHeader(): void {
    const { headerReader } = this;
    headerReader.read();
    if (headerReader.header !== undefined) this.startAt({ header: headerReader.header, line: headerReader.line });
  }

  private startAt({ header, line }: RecordStart): void {
    this.header = header;
    this.scanner.slots = header.slots;
    this.scanner.line = line;
  }

  private scanRecords(): void {
    const { window, batch, scanner } = this;
    if (this.waits()) return;
    batch.bytes = window.bytes;
    while (scanner.fillBatch()) this.flush();
    this.flush();
    this.worthReading = (window.limit - window.position) * 2;
  }

  /**
   * A record that is not all there is read anew from its start. Until the bytes at hand have doubled it is left alone: else a
   * long record in small chunks would be read once a chunk.
   */
  private waits(): boolean {
    const { limit, position, isLast } = this.window;
    const atHand = limit - position;
    return !isLast && atHand < this.worthReading && atHand <= this.options.maxRecordBytes + 1;
  }

  private flush(): void {
    if (this.batch.count === 0) return;
    this.options.onBatch(this.batch);
    this.batch.clear();
  }
}
