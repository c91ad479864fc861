import { SPARE_BYTES } from '../intake/byte-words.ts';
import { putEscapedBytes, putMoney } from './put-bytes.ts';

/** Short enough to come out of memory that was given back: longer blocks are fetched from the system one by one. */
const BLOCK_BYTES = 64 * 1024;

/** Collects whole lines of staged text and hands them out in blocks of about `blockBytes`. */
export class ByteWriter {
  /** Of the block that is written to; another one after each `reserve` and `take`. */
  view: DataView;
  private readonly blockBytes: number;
  private block: Uint8Array;
  private length = 0;
  private readonly full: Uint8Array[] = [];

  constructor(blockBytes = BLOCK_BYTES) {
    this.blockBytes = blockBytes;
    this.block = new Uint8Array(blockBytes);
    this.view = new DataView(this.block.buffer);
  }

  /** Makes sure that the next `bytes` bytes fit; to be called between lines. The other methods do not check. */
  reserve(bytes: number): void {
    const needed = bytes + SPARE_BYTES;
    if (this.length + needed <= this.block.length) return;
    if (this.length > 0) this.full.push(this.block.subarray(0, this.length));
    this.startBlock(Math.max(this.blockBytes, needed));
  }

  /** The full blocks; with `all` also the one that is not full. They belong to the caller. */
  take(all = false): Uint8Array[] {
    if (all && this.length > 0) {
      this.full.push(this.block.subarray(0, this.length));
      this.startBlock(this.blockBytes);
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

  /** The place behind what was put into `view` from `size` on. */
  moveTo(place: number): void {
    this.length = place;
  }

  putByte(byte: number): void {
    this.block[this.length++] = byte;
  }

  /** Any bytes; takes at most twice their number. */
  putEscaped(bytes: Uint8Array, start: number, end: number): void {
    this.length = putEscapedBytes(this.view, this.length, bytes, start, end);
  }

  /** Hundredths from 0 to 2^53 - 1, with a point. */
  putMoney(hundredths: number): void {
    this.length = putMoney(this.view, this.length, hundredths);
  }

  private startBlock(bytes: number): void {
    this.block = new Uint8Array(bytes);
    this.view = new DataView(this.block.buffer);
    this.length = 0;
  }
}
