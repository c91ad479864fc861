import { type FaultMask, faultBit } from '../rules/faults.ts';
import { afterLineBreak, findLineBreak, isBlank, KIND, KIND_OF } from './byte-kinds.ts';
import type { ByteWindow } from './byte-window.ts';
import { firstMarked, markUncommon, WORD_BYTES } from './byte-words.ts';
import { findPlainClose } from './find-plain-close.ts';
import { isValidText } from './is-valid-text.ts';
import { FIELD_STEP, QUOTED, QuotedRecord, undoubleQuotes } from './quoted-record.ts';
import type { RecordBatch } from './record-batch.ts';

export interface RecordLimits {
  /** A longer record is a fault and is skipped over in bounded memory. Bytes. */
  readonly maxRecordBytes: number;
  /** The longest value that a listed column can hold; a longer one with a line break in it is the work of a stray quote. */
  readonly maxValueBytes: number;
}

/** More bytes are needed to read on. */
const INCOMPLETE = -1;

const FIELD_COUNT = faultBit('row-field-count');
const QUOTING = faultBit('row-quoting');
const ENCODING = faultBit('row-encoding');
const TOO_LONG = faultBit('row-too-long');

/** Finds the next record of a window and puts it into a batch. */
export class RecordScanner {
  /** Data records, bad ones among them. */
  records = 0;
  /** Lines that hold nothing but blanks. */
  blankLines = 0;
  /** Physical line at the position of the window, from 1. */
  line = 1;
  /** For each column of the file the slot of the wanted column, or -1. */
  slots: Int32Array = new Int32Array(0);
  /** Whether the rest of a line that was too long is still to be passed over. */
  isSkipping = false;

  private readonly window: ByteWindow;
  private readonly batch: RecordBatch;
  private readonly limits: RecordLimits;
  private readonly quoted = new QuotedRecord();

  constructor(window: ByteWindow, batch: RecordBatch, limits: RecordLimits) {
    this.window = window;
    this.batch = batch;
    // Of one shape, whatever else the options of a reader hold: what reads them is compiled once for all files.
    this.limits = { maxRecordBytes: limits.maxRecordBytes, maxValueBytes: limits.maxValueBytes };
  }

  /** Reads records until the batch is full; false where more bytes are needed before that. */
  fillBatch(): boolean {
    const { window, batch } = this;
    while (batch.count < batch.capacity) {
      if (window.position >= window.limit) return false;
      const next = this.readNext();
      if (next === INCOMPLETE) return false;
      window.position = next;
    }
    return true;
  }

  /** The place after the record at the position of the window, or `INCOMPLETE`. */
  private readNext(): number {
    if (this.isSkipping) return this.skipLine();
    const { window } = this;
    const next = this.readRecord();
    // One byte more than the limit, since the last of them may be half a line break.
    const isLonger = window.limit - window.position > this.limits.maxRecordBytes + 1;
    return next === INCOMPLETE && isLonger ? this.recover() : next;
  }

  /**
   * The common record in one pass, four bytes at a time. A value in quotes is read here where nothing about it asks for care;
   * any other is left to `readQuoted`, which says the same of these.
   */
  private readRecord(): number {
    const { window, batch, slots } = this;
    const { bytes, view, position, limit } = window;
    const { starts, ends } = batch;
    const base = batch.count * batch.width;
    let fieldCount = 0;
    let isUnusual = false;
    let hasBlank = false;
    let start = position;
    let at = position;
    for (;;) {
      const marks = markUncommon(view.getInt32(at, true));
      if (marks === 0) {
        at += WORD_BYTES;
        continue;
      }
      at += firstMarked(marks);
      let end = at;
      let kind = KIND_OF[bytes[at]!]!;
      if (kind === KIND.quote) {
        end = at === start ? findPlainClose(window, ++start) : -1;
        if (end < 0) return this.readQuoted();
        at = end + 1;
        kind = KIND_OF[bytes[at]!]!;
        hasBlank = true;
      } else if (kind < KIND.quote) {
        if (kind === KIND.blank) hasBlank = true;
        else if (kind === KIND.unusual) isUnusual = true;
        at++;
        continue;
      }
      if (kind !== KIND.comma && window.endsUnknown(at)) return INCOMPLETE;
      const slot = fieldCount < slots.length ? slots[fieldCount]! : -1;
      if (slot >= 0) {
        if (hasBlank) this.setTrimmed(base + slot, start, end);
        else {
          starts[base + slot] = start;
          ends[base + slot] = end;
        }
      }
      fieldCount++;
      if (kind !== KIND.comma) break;
      hasBlank = false;
      start = ++at;
    }
    // Of a line that is too long it is not known whether it is blank: that may not hang on how much of it is at hand.
    const mayBeBlank = fieldCount === 1 && at - position <= this.limits.maxRecordBytes;
    if (mayBeBlank && window.isBlankLine(position, at)) {
      this.blankLines++;
    } else {
      this.addRecord(at, this.findFault(at, fieldCount, isUnusual));
    }
    this.line++;
    return afterLineBreak(bytes, at, limit);
  }

  private readQuoted(): number {
    const { window, quoted } = this;
    const { bytes, position, limit, isLast } = window;
    const outcome = quoted.read(bytes, position, limit, isLast);
    if (outcome === QUOTED.incomplete) return INCOMPLETE;
    if (outcome === QUOTED.malformed) return this.recover();
    if (quoted.innerLines > 0 && !this.isCredible()) return this.recover();
    const fault = this.findFault(quoted.end, quoted.fieldCount, true);
    const record = this.addRecord(quoted.end, fault);
    if (fault === 0) this.setQuotedFields(record);
    this.line += 1 + quoted.innerLines;
    return quoted.next;
  }

  /** What is wrong with the record from the position to `end` as a whole: one fault at most. */
  private findFault(end: number, fieldCount: number, isUnusual: boolean): FaultMask {
    const { bytes, position } = this.window;
    if (end - position > this.limits.maxRecordBytes) return TOO_LONG;
    if (isUnusual && !isValidText(bytes, position, end)) return ENCODING;
    return fieldCount === this.slots.length ? 0 : FIELD_COUNT;
  }

  /**
   * A record over several lines is believed only if it is not too long, has the fields of the header, and each value of a
   * listed column that spans lines fits one. Otherwise two stray quotes would swallow the good records between them.
   */
  private isCredible(): boolean {
    const { window, quoted, slots, limits } = this;
    if (quoted.end - window.position > limits.maxRecordBytes || quoted.fieldCount !== slots.length) return false;
    for (let field = 0; field < slots.length; field++) {
      const start = quoted.fields[field * FIELD_STEP]!;
      const end = quoted.fields[field * FIELD_STEP + 1]!;
      const isLong = slots[field]! >= 0 && end - start > limits.maxValueBytes;
      if (isLong && findLineBreak(window.bytes, start, end) < end) return false;
    }
    return true;
  }

  /** The record ends at its first physical line break, whatever its quotes say. */
  private recover(): number {
    const { window } = this;
    const { bytes, position, limit } = window;
    const end = findLineBreak(bytes, position, limit);
    if (end - position > this.limits.maxRecordBytes) {
      this.addRecord(end, TOO_LONG);
      this.isSkipping = true;
      return position + this.limits.maxRecordBytes;
    }
    if (window.endsUnknown(end)) return INCOMPLETE;
    this.addRecord(end, QUOTING);
    this.line++;
    return afterLineBreak(bytes, end, limit);
  }

  /** Passes over the rest of a line that was too long. */
  private skipLine(): number {
    const { window } = this;
    const { bytes, position, limit, isLast } = window;
    const end = findLineBreak(bytes, position, limit);
    if (end === limit && !isLast) return limit;
    if (window.endsUnknown(end)) {
      window.position = end;
      return INCOMPLETE;
    }
    this.isSkipping = false;
    this.line++;
    return afterLineBreak(bytes, end, limit);
  }

  private addRecord(end: number, fault: FaultMask): number {
    const { batch } = this;
    const { position } = this.window;
    const record = batch.count++;
    batch.recordStart[record] = position;
    // Of a record that is too long only as much is shown as is known to be there whatever the chunks.
    batch.recordEnd[record] = Math.min(end, position + this.limits.maxRecordBytes);
    batch.line[record] = this.line;
    batch.fault[record] = fault;
    this.records++;
    return record;
  }

  private setQuotedFields(record: number): void {
    const { batch, quoted, slots } = this;
    for (let field = 0; field < slots.length; field++) {
      const slot = slots[field]!;
      if (slot < 0) continue;
      const place = field * FIELD_STEP;
      const start = quoted.fields[place]!;
      let end = quoted.fields[place + 1]!;
      if (quoted.fields[place + 2] === 1) {
        batch.keepOriginal(record);
        end = undoubleQuotes(this.window.bytes, start, end);
      }
      this.setTrimmed(record * batch.width + slot, start, end);
    }
  }

  private setTrimmed(place: number, start: number, end: number): void {
    const { batch } = this;
    const { bytes } = this.window;
    let from = start;
    let to = end;
    while (from < to && isBlank(bytes[from])) from++;
    while (from < to && isBlank(bytes[to - 1])) to--;
    batch.starts[place] = from;
    batch.ends[place] = to;
  }
}
