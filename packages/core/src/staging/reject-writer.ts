import { isValidText } from '../intake/is-valid-text.ts';
import { FAULTS, type FaultCode, type FaultMask, faultBit, faultsOf } from '../rules/faults.ts';
import type { ByteWriter } from './byte-writer.ts';
import { MAX_RAW_RECORD_BYTES } from './stage-columns.ts';

const TAB = 9;
const LF = 10;
const TOO_LONG = faultBit('row-too-long');
const encoder = new TextEncoder();

/** Writes rejects as staged text and counts them. */
export class RejectWriter {
  /** Rejected rows. */
  count = 0;

  private readonly writer: ByteWriter;
  private readonly fileNo: Uint8Array;
  private readonly counts = new Float64Array(FAULTS.length);
  private readonly first = new Float64Array(FAULTS.length);
  private readonly faultsJson = new Map<FaultMask, Uint8Array>();

  constructor(writer: ByteWriter, fileNo: number) {
    this.writer = writer;
    this.fileNo = encoder.encode(`${fileNo}\t`);
  }

  write(line: number, record: Uint8Array, faults: FaultMask): void {
    this.count++;
    for (let place = 0; place < FAULTS.length; place++) {
      if ((faults & (1 << place)) === 0) continue;
      if (this.counts[place]!++ === 0) this.first[place] = line;
    }
    // Of a record that is too long the reader gives the beginning only.
    const isTruncated = record.length > MAX_RAW_RECORD_BYTES || (faults & TOO_LONG) !== 0;
    const kept = isTruncated ? cutAtCharacter(record.subarray(0, MAX_RAW_RECORD_BYTES)) : record;
    const isText = isValidText(kept, 0, kept.length);
    const raw = isText ? kept : encoder.encode(toBase64(kept));
    const tail = encoder.encode(`\t${isText ? 'text' : 'base64'}\t${isTruncated ? 1 : 0}\t`);
    const json = this.jsonOf(faults);

    const { writer } = this;
    writer.reserve(this.fileNo.length + raw.length * 2 + tail.length + json.length + 32);
    writer.put(this.fileNo, 0, this.fileNo.length);
    writer.putInteger(line);
    writer.putByte(TAB);
    writer.putEscaped(raw, 0, raw.length);
    writer.put(tail, 0, tail.length);
    writer.put(json, 0, json.length);
    writer.putByte(LF);
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

  private jsonOf(faults: FaultMask): Uint8Array {
    let json = this.faultsJson.get(faults);
    if (json === undefined) {
      json = encoder.encode(JSON.stringify(faultsOf(faults)));
      this.faultsJson.set(faults, json);
    }
    return json;
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
