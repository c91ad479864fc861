import type { FileRefusal } from '../ports/warehouse.port.ts';
import { afterLineBreak, findLineBreak } from './byte-kinds.ts';
import type { ByteWindow } from './byte-window.ts';
import { QUOTED, QuotedRecord } from './quoted-record.ts';
import { type Header, readHeader, refuse } from './read-header.ts';

export interface HeaderOptions {
  /** Column names in lower case; their places are the slots of the header. */
  readonly columns: readonly string[];
  /** A longer first record is not one of ours. Bytes. */
  readonly maxRecordBytes: number;
}

/**
 * Finds the header at the start of a file: behind a byte order mark and blank lines, over several lines where its quotes
 * say so. Leaves the window at the first byte behind it.
 */
export class HeaderReader {
  header: Header | undefined;
  /** Why the file cannot be read as ours. */
  refusal: FileRefusal | undefined;
  /** Physical line at the position of the window, from 1. */
  line = 1;
  blankLines = 0;

  private readonly window: ByteWindow;
  private readonly options: HeaderOptions;
  private isStarted = false;

  constructor(window: ByteWindow, options: HeaderOptions) {
    this.window = window;
    this.options = options;
  }

  /** Reads on as far as the bytes at hand allow; until it is done, call it again with more. */
  read(): void {
    const { window } = this;
    if (!this.skipByteOrderMark()) return;
    while (this.header === undefined && this.refusal === undefined && window.position < window.limit) {
      if (!this.readFirst()) return;
    }
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

  /** The record at the position; false where more bytes are needed. */
  private readFirst(): boolean {
    const { window, options } = this;
    const { bytes, position, limit, isLast } = window;
    const { maxRecordBytes } = options;
    const quoted = new QuotedRecord();
    const outcome = quoted.read(bytes, position, limit, isLast);
    if (outcome === QUOTED.incomplete && limit - position <= maxRecordBytes + 1) return false;
    const isWhole = outcome === QUOTED.complete && quoted.end - position <= maxRecordBytes;
    const end = isWhole ? quoted.end : findLineBreak(bytes, position, limit);
    if (end - position > maxRecordBytes) {
      this.refusal = refuse('file-not-text', `the first line does not end within ${maxRecordBytes} bytes`).refusal;
      return true;
    }
    if (window.endsUnknown(end)) return false;
    this.line += isWhole ? 1 + quoted.innerLines : 1;
    if (window.isBlankLine(position, end)) this.blankLines++;
    else this.take(bytes.subarray(position, end));
    window.position = afterLineBreak(bytes, end, limit);
    return true;
  }

  private take(record: Uint8Array): void {
    const outcome = readHeader(record, this.options.columns);
    if (outcome.kind === 'refused') this.refusal = outcome.refusal;
    else this.header = outcome;
  }
}
