import { isValidText } from '../intake/is-valid-text.ts';
import type { RecordBatch } from '../intake/record-batch.ts';
import { FAULTS, type FaultCode, type FaultMask, faultBit, faultsOf } from '../rules/faults.ts';
import { ByteSource } from './byte-source.ts';
import type { ByteWriter } from './byte-writer.ts';
import { putBytes, putEscaped, putInteger } from './put-bytes.ts';
import { MAX_RAW_RECORD_BYTES } from './stage-columns.ts';

const TAB = 9;
const TOO_LONG = faultBit('row-too-long');
/** Faults of records that may not be text, or are cut. */
const DOUBTFUL = TOO_LONG | faultBit('row-encoding') | faultBit('row-quoting');
/** What a line takes at most beside the record and what stands behind it. */
const FIXED_LINE_BYTES = 64;
const encoder = new TextEncoder();

/** Writes rejects as staged text and counts them. What is the same for many rejects is encoded once. */
export class RejectWriter {
  /** Rejected rows. */
  count = 0;

  private readonly writer: ByteWriter;
  private readonly input: ByteSource;
  private readonly fileNo: ByteSource;
  private readonly counts = new Float64Array(FAULTS.length);
  private readonly first = new Float64Array(FAULTS.length);
  /** What stands behind a record, by its faults and its form. */
  private readonly endings = new Map<number, ByteSource>();
  private readonly changed = new ByteSource();

  /** @param input the bytes of the batch */
  constructor(writer: ByteWriter, input: ByteSource, fileNo: number) {
    this.writer = writer;
    this.input = input;
    this.fileNo = ByteSource.of(`${fileNo}\t`);
  }

  write(batch: RecordBatch, row: number, faults: FaultMask): void {
    const line = batch.line[row]!;
    const start = batch.recordStart[row]!;
    const end = batch.recordEnd[row]!;
    this.tell(line, faults);
    const isDoubtful = (faults & DOUBTFUL) !== 0 || end - start > MAX_RAW_RECORD_BYTES;
    if (isDoubtful) this.writeDoubtful(line, batch.raw(row), faults);
    else if (batch.isChanged(row)) this.writeBytes(line, batch.raw(row), this.ending(faults, true, false));
    else this.writeLine(line, this.input, start, end, this.ending(faults, true, false));
  }

  private tell(line: number, faults: FaultMask): void {
    this.count++;
    for (let rest = faults; rest !== 0; rest &= rest - 1) {
      const place = 31 - Math.clz32(rest & -rest);
      if (this.counts[place]!++ === 0) this.first[place] = line;
    }
  }

  private writeDoubtful(line: number, record: Uint8Array, faults: FaultMask): void {
    // Of a record that is too long the reader gives the beginning only.
    const isTruncated = record.length > MAX_RAW_RECORD_BYTES || (faults & TOO_LONG) !== 0;
    const kept = isTruncated ? cutAtCharacter(record.subarray(0, MAX_RAW_RECORD_BYTES)) : record;
    const isText = isValidText(kept, 0, kept.length);
    const raw = isText ? kept : encoder.encode(toBase64(kept));
    this.writeBytes(line, raw, this.ending(faults, isText, isTruncated));
  }

  private writeBytes(line: number, raw: Uint8Array, ending: ByteSource): void {
    this.changed.use(raw);
    this.writeLine(line, this.changed, 0, raw.length, ending);
  }

  private writeLine(line: number, raw: ByteSource, start: number, end: number, ending: ByteSource): void {
    const { writer, fileNo } = this;
    writer.reserve(FIXED_LINE_BYTES + (end - start) * 2 + ending.length);
    const { view } = writer;
    let to = putBytes(view, writer.size, fileNo, 0, fileNo.length);
    to = putInteger(view, to, line);
    view.setUint8(to++, TAB);
    to = putEscaped(view, to, raw, start, end);
    to = putBytes(view, to, ending, 0, ending.length);
    writer.moveTo(to);
  }

  /** The columns behind `raw_record`, and the end of the line. */
  private ending(faults: FaultMask, isText: boolean, isTruncated: boolean): ByteSource {
    const key = faults * 4 + (isText ? 2 : 0) + (isTruncated ? 1 : 0);
    let ending = this.endings.get(key);
    if (ending === undefined) {
      const json = JSON.stringify(faultsOf(faults));
      ending = ByteSource.of(`\t${isText ? 'text' : 'base64'}\t${isTruncated ? 1 : 0}\t${json}\n`);
      this.endings.set(key, ending);
    }
    return ending;
  }

  /** Counts anew. */
  clear(): void {
    this.count = 0;
    this.counts.fill(0);
    this.first.fill(0);
  }

  /** How often each code was given; a row counts once under each of its codes. */
  byCode(): Partial<Record<FaultCode, number>> {
    return nameCodes(this.counts);
  }

  /** The physical line of the first row that was written under each code. */
  firstLines(): Partial<Record<FaultCode, number>> {
    return nameCodes(this.first);
  }
}

/** One number for each fault, without those that are 0. */
function nameCodes(numbers: Float64Array): Partial<Record<FaultCode, number>> {
  const codes = FAULTS.map(({ code }, place) => [code, numbers[place]!] as const);
  return Object.fromEntries(codes.filter(([, number]) => number > 0));
}

/** Leaves out a character of UTF-8 that the cut at the end left incomplete. */
function cutAtCharacter(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= 4 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += 8192) {
    binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return btoa(binary);
}
