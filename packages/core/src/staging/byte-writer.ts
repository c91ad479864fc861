import { CR, LF, TAB } from '../intake/byte-kinds.ts';

const BACKSLASH = 92;
const ZERO = 48;
const POINT = 46;
const MAX_DIGITS = 24;

/** Bytes that staged text escapes. */
const NEEDS_ESCAPE = new Uint8Array(256);
for (const byte of [TAB, LF, CR, BACKSLASH]) NEEDS_ESCAPE[byte] = 1;

/** Collects whole lines of staged text and hands them out in blocks of about `blockBytes`. */
export class ByteWriter {
  private readonly blockBytes: number;
  private block: Uint8Array;
  private length = 0;
  private readonly full: Uint8Array[] = [];
  private readonly digits = new Uint8Array(MAX_DIGITS);

  constructor(blockBytes = 128 * 1024) {
    this.blockBytes = blockBytes;
    this.block = new Uint8Array(blockBytes);
  }

  /** Makes sure that the next `bytes` bytes fit; to be called between lines. The other methods do not check. */
  reserve(bytes: number): void {
    if (this.length + bytes <= this.block.length) return;
    if (this.length > 0) this.full.push(this.block.subarray(0, this.length));
    this.block = new Uint8Array(Math.max(this.blockBytes, bytes));
    this.length = 0;
  }

  /** The full blocks; with `all` also the one that is not full. They belong to the caller. */
  take(all = false): Uint8Array[] {
    if (all && this.length > 0) {
      this.full.push(this.block.subarray(0, this.length));
      this.block = new Uint8Array(this.blockBytes);
      this.length = 0;
    }
    return this.full.splice(0);
  }

  /** Where the bytes stand that were written and not handed out, for who uses them in place and calls `clear` then. */
  get bytes(): Uint8Array {
    return this.block;
  }

  /** Their number. */
  get size(): number {
    return this.length;
  }

  clear(): void {
    this.length = 0;
  }

  putByte(byte: number): void {
    this.block[this.length++] = byte;
  }

  /** Bytes that are staged text already. */
  put(bytes: Uint8Array, start: number, end: number): void {
    const { block } = this;
    let to = this.length;
    for (let i = start; i < end; i++) block[to++] = bytes[i]!;
    this.length = to;
  }

  /** Any bytes; takes at most twice their number. */
  putEscaped(bytes: Uint8Array, start: number, end: number): void {
    const { block } = this;
    let to = this.length;
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!;
      if (NEEDS_ESCAPE[byte] === 1) block[to++] = BACKSLASH;
      block[to++] = byte;
    }
    this.length = to;
  }

  /** A whole number from 0 to 2^53 - 1. */
  putInteger(value: number): void {
    this.putDigits(value, 1);
  }

  /** Hundredths from 0 to 2^53 - 1, with a point. */
  putMoney(hundredths: number): void {
    this.putDigits(hundredths, 3);
    const { block, length } = this;
    block[length] = block[length - 1]!;
    block[length - 1] = block[length - 2]!;
    block[length - 2] = POINT;
    this.length = length + 1;
  }

  private putDigits(value: number, least: number): void {
    const { block, digits } = this;
    let count = 0;
    let rest = value;
    // Integers above 2^31 take the slow division only until they fit.
    while (rest > 0x7fffffff) {
      const tenth = Math.floor(rest / 10);
      digits[count++] = rest - tenth * 10;
      rest = tenth;
    }
    let small = rest | 0;
    while (small > 0 || count < least) {
      const tenth = (small / 10) | 0;
      digits[count++] = small - tenth * 10;
      small = tenth;
    }
    let to = this.length;
    while (count > 0) block[to++] = digits[--count]! + ZERO;
    this.length = to;
  }
}
