import type { FileRefusal } from '../ports/warehouse.port.ts';
import { type FaultMask, faultBit } from '../rules/faults.ts';
import { afterLineBreak, CR, findLineBreak, isBlank, KIND, KIND_OF, LF } from './byte-kinds.ts';
import { isValidText } from './is-valid-text.ts';
import { FIELD_STEP, QUOTED, QuotedRecord, undoubleQuotes } from './quoted-record.ts';
import { type Header, readHeader, refuse } from './read-header.ts';
import { RecordBatch } from './record-batch.ts';

export interface RecordReaderOptions {
  /** Column names in lower case; their places are the slots of the batch. */
  readonly columns: readonly string[];
  /** A longer record is a fault and is skipped over in bounded memory. Bytes. */
  readonly maxRecordBytes: number;
  /** The longest value that a listed column can hold; a longer one with a line break in it is the work of a stray quote. */
  readonly maxValueBytes?: number;
  /** Records a batch. */
  readonly batchSize: number;
  /** Takes the records; they are gone when it returns. */
  readonly onBatch: (batch: RecordBatch) => void;
  /** Told once, before the first batch. */
  readonly onHeader?: (header: Header) => void;
}

const DEFAULT_MAX_VALUE_BYTES = 64;

const FIELD_COUNT = faultBit('row-field-count');
const QUOTING = faultBit('row-quoting');
const ENCODING = faultBit('row-encoding');
const TOO_LONG = faultBit('row-too-long');

/** `readRecord` needs more bytes. */
const INCOMPLETE = -1;

/**
 * A streaming reader of CSV that scans bytes. One bad record costs one record: where a quote does not close, the record
 * ends at its first physical line break and reading goes on at the next line. Memory holds one chunk and at most one
 * record of the longest length. What is read does not depend on how the bytes are cut into chunks.
 */
export class RecordReader {
  /** Lines that hold nothing but blanks. */
  blankLines = 0;
  /** Data records, bad ones among them. */
  records = 0;
  /** Why the file cannot be read as ours; nothing is read any more. */
  refusal: FileRefusal | undefined;
  header: Header | undefined;

  private readonly options: RecordReaderOptions;
  private readonly batch: RecordBatch;
  private readonly quoted = new QuotedRecord();
  private buffer: Uint8Array = new Uint8Array(0);
  private filled = 0;
  private position = 0;
  private line = 1;
  private isStarted = false;
  private isSkipping = false;

  constructor(options: RecordReaderOptions) {
    this.options = options;
    this.batch = new RecordBatch(options.batchSize, options.columns.length);
  }

  push(chunk: Uint8Array): void {
    if (this.refusal !== undefined) return;
    this.append(chunk);
    this.scan(false);
  }

  /** To be called once, after the last chunk. */
  end(): void {
    if (this.refusal !== undefined) return;
    this.append(new Uint8Array(0));
    this.scan(true);
  }

  /** Moves what is left over to the front and puts the chunk after it. One byte more is kept for the sentinel. */
  private append(chunk: Uint8Array): void {
    const rest = this.filled - this.position;
    const needed = rest + chunk.length + 1;
    if (needed > this.buffer.length) {
      const grown = new Uint8Array(Math.max(needed, this.buffer.length * 2));
      grown.set(this.buffer.subarray(this.position, this.filled));
      this.buffer = grown;
    } else {
      this.buffer.copyWithin(0, this.position, this.filled);
    }
    this.buffer.set(chunk, rest);
    this.position = 0;
    this.filled = rest + chunk.length;
  }

  private scan(isLast: boolean): void {
    const { batch, options } = this;
    const limit = this.filled;
    // The sentinel ends every search, so that the inner loop need not look where the bytes end.
    this.buffer[limit] = LF;
    batch.bytes = this.buffer;
    if (!this.skipByteOrderMark(isLast)) return;
    while (this.position < limit && this.refusal === undefined) {
      const next = this.isSkipping ? this.skipLine(limit, isLast) : this.readNext(limit, isLast);
      if (next === INCOMPLETE) break;
      this.position = next;
      if (batch.count === options.batchSize) this.flush();
    }
    this.flush();
  }

  private flush(): void {
    if (this.batch.count === 0) return;
    this.options.onBatch(this.batch);
    this.batch.clear();
  }

  private skipByteOrderMark(isLast: boolean): boolean {
    if (this.isStarted) return true;
    if (this.filled < 3 && !isLast) return false;
    this.isStarted = true;
    const { buffer } = this;
    if (this.filled >= 3 && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) this.position = 3;
    return true;
  }

  private readNext(limit: number, isLast: boolean): number {
    const next = this.header === undefined ? this.readFirst(limit, isLast) : this.readRecord(limit, isLast);
    // Two more than the limit, since the last of them may be half a line break.
    if (next === INCOMPLETE && limit - this.position > this.options.maxRecordBytes + 1)
      return this.recover(limit, isLast);
    return next;
  }

  /** Reads up to the header: the first line that is not blank. */
  private readFirst(limit: number, isLast: boolean): number {
    const { buffer, position, options, quoted } = this;
    const outcome = quoted.read(buffer, position, limit, isLast);
    const isLonger = limit - position > options.maxRecordBytes + 1;
    if (outcome === QUOTED.incomplete && !isLonger) return INCOMPLETE;
    const isWhole = outcome === QUOTED.complete && quoted.end - position <= options.maxRecordBytes;
    const end = isWhole ? quoted.end : findLineBreak(buffer, position, limit);
    if (end - position > options.maxRecordBytes) {
      const message = `the first line does not end within ${options.maxRecordBytes} bytes`;
      this.refusal = refuse('file-not-text', message).refusal;
      return limit;
    }
    if (this.endsUnknown(end, limit, isLast)) return INCOMPLETE;
    this.line += isWhole ? 1 + quoted.innerLines : 1;
    if (this.isBlankLine(position, end)) {
      this.blankLines++;
      return afterLineBreak(buffer, end, limit);
    }
    const header = readHeader(buffer.subarray(position, end), options.columns);
    if (header.kind === 'refused') {
      this.refusal = header.refusal;
      return limit;
    }
    this.header = header;
    options.onHeader?.(header);
    return afterLineBreak(buffer, end, limit);
  }

  /** The common record, without quotes: one pass over its bytes. */
  private readRecord(limit: number, isLast: boolean): number {
    const { buffer, batch, position } = this;
    const { starts, ends } = batch;
    const { slots } = this.header!;
    const base = batch.count * batch.width;
    let fieldCount = 0;
    let isUnusual = false;
    let start = position;
    let at = position;
    for (;;) {
      const kind = KIND_OF[buffer[at]!]!;
      if (kind === KIND.plain) {
        at++;
        continue;
      }
      if (kind === KIND.quote) return this.readQuoted(limit, isLast);
      if (kind === KIND.unusual) {
        isUnusual = true;
        at++;
        continue;
      }
      if (kind !== KIND.comma && this.endsUnknown(at, limit, isLast)) return INCOMPLETE;
      if (fieldCount < slots.length) {
        const slot = slots[fieldCount]!;
        if (slot >= 0) this.setField(starts, ends, base + slot, start, at);
      }
      fieldCount++;
      if (kind !== KIND.comma) break;
      start = ++at;
    }
    const next = afterLineBreak(buffer, at, limit);
    if (fieldCount === 1 && this.isBlankLine(position, at)) {
      this.blankLines++;
      this.line++;
      return next;
    }
    let fault = 0;
    if (at - position > this.options.maxRecordBytes) fault = TOO_LONG;
    else if (isUnusual && !isValidText(buffer, position, at)) fault = ENCODING;
    else if (fieldCount !== slots.length) fault = FIELD_COUNT;
    this.addRecord(position, this.cutAtLimit(at), fault);
    this.line++;
    return next;
  }

  private readQuoted(limit: number, isLast: boolean): number {
    const { buffer, position, quoted } = this;
    const { slots } = this.header!;
    const outcome = quoted.read(buffer, position, limit, isLast);
    if (outcome === QUOTED.incomplete) return INCOMPLETE;
    if (outcome === QUOTED.malformed) return this.recover(limit, isLast);
    const isTooLong = quoted.end - position > this.options.maxRecordBytes;
    if (quoted.innerLines > 0 && (isTooLong || !this.isCredible(slots))) return this.recover(limit, isLast);

    let fault = 0;
    if (isTooLong) fault = TOO_LONG;
    else if (!isValidText(buffer, position, quoted.end)) fault = ENCODING;
    else if (quoted.fieldCount !== slots.length) fault = FIELD_COUNT;
    const record = this.addRecord(position, this.cutAtLimit(quoted.end), fault);
    if (fault === 0) this.setQuotedFields(slots, record);
    this.line += 1 + quoted.innerLines;
    return quoted.next;
  }

  /**
   * A record over several lines is believed only if it has the fields of the header and each value of a listed column
   * that spans lines fits one. Otherwise two stray quotes would swallow the good records between them.
   */
  private isCredible(slots: Int32Array): boolean {
    const { buffer, quoted } = this;
    const { maxValueBytes = DEFAULT_MAX_VALUE_BYTES } = this.options;
    if (quoted.fieldCount !== slots.length) return false;
    for (let field = 0; field < slots.length; field++) {
      const start = quoted.fields[field * FIELD_STEP]!;
      const end = quoted.fields[field * FIELD_STEP + 1]!;
      if (slots[field]! >= 0 && end - start > maxValueBytes && findLineBreak(buffer, start, end) < end) return false;
    }
    return true;
  }

  private setQuotedFields(slots: Int32Array, record: number): void {
    const { buffer, batch, quoted } = this;
    const base = record * batch.width;
    for (let field = 0; field < slots.length; field++) {
      const slot = slots[field]!;
      if (slot < 0) continue;
      const place = field * FIELD_STEP;
      const start = quoted.fields[place]!;
      let end = quoted.fields[place + 1]!;
      if (quoted.fields[place + 2] === 1) {
        batch.keepOriginal(record);
        end = undoubleQuotes(buffer, start, end);
      }
      this.setField(batch.starts, batch.ends, base + slot, start, end);
    }
  }

  /** The record ends at its first physical line break, whatever its quotes say. */
  private recover(limit: number, isLast: boolean): number {
    const { buffer, position, options } = this;
    const end = findLineBreak(buffer, position, limit);
    if (end - position > options.maxRecordBytes) {
      this.addRecord(position, this.cutAtLimit(end), TOO_LONG);
      this.isSkipping = true;
      return position + options.maxRecordBytes;
    }
    if (this.endsUnknown(end, limit, isLast)) return INCOMPLETE;
    this.addRecord(position, end, QUOTING);
    this.line++;
    return afterLineBreak(buffer, end, limit);
  }

  private skipLine(limit: number, isLast: boolean): number {
    const end = findLineBreak(this.buffer, this.position, limit);
    if (end < limit && this.endsUnknown(end, limit, isLast)) {
      this.position = end;
      return INCOMPLETE;
    }
    if (end === limit && !isLast) return limit;
    this.isSkipping = false;
    this.line++;
    return afterLineBreak(this.buffer, end, limit);
  }

  /** True where a line break at `at` may not be one, or may be the first half of one. */
  private endsUnknown(at: number, limit: number, isLast: boolean): boolean {
    return !isLast && (at >= limit || (this.buffer[at] === CR && at + 1 >= limit));
  }

  private addRecord(start: number, end: number, fault: FaultMask): number {
    const { batch } = this;
    const record = batch.count++;
    batch.recordStart[record] = start;
    batch.recordEnd[record] = end;
    batch.line[record] = this.line;
    batch.fault[record] = fault;
    this.records++;
    return record;
  }

  /** Of a record that is too long only as much is shown as is known to be there whatever the chunks. */
  private cutAtLimit(end: number): number {
    return Math.min(end, this.position + this.options.maxRecordBytes);
  }

  private setField(starts: Int32Array, ends: Int32Array, place: number, start: number, end: number): void {
    const { buffer } = this;
    let from = start;
    let to = end;
    while (from < to && isBlank(buffer[from])) from++;
    while (from < to && isBlank(buffer[to - 1])) to--;
    starts[place] = from;
    ends[place] = to;
  }

  private isBlankLine(start: number, end: number): boolean {
    let at = start;
    while (at < end && isBlank(this.buffer[at])) at++;
    return at === end;
  }
}
