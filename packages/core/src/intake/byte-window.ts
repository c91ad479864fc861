import { CR, isBlank, LF } from './byte-kinds.ts';
import { SPARE_BYTES } from './byte-words.ts';

/** The bytes of a stream that are at hand: those not yet read and the newest chunk, in one buffer. */
export class ByteWindow {
  bytes: Uint8Array = new Uint8Array(0);
  /** The same bytes, to read words from: one may begin at any place up to `limit`. */
  view = new DataView(this.bytes.buffer);
  /** What stands before it was read. */
  position = 0;
  /** Where the bytes end. A line feed stands there, so that a search for a line break need not look where to stop. */
  limit = 0;
  /** No more bytes will come. */
  isLast = false;

  /** Moves what is left to the front and puts the chunk after it; places in the old bytes mean nothing any more. */
  append(chunk: Uint8Array): void {
    const rest = this.limit - this.position;
    const needed = rest + chunk.length + SPARE_BYTES;
    if (needed > this.bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
      grown.set(this.bytes.subarray(this.position, this.limit));
      this.bytes = grown;
      this.view = new DataView(grown.buffer);
    } else {
      this.bytes.copyWithin(0, this.position, this.limit);
    }
    this.bytes.set(chunk, rest);
    this.position = 0;
    this.limit = rest + chunk.length;
    this.bytes[this.limit] = LF;
  }

  clear(): void {
    this.position = 0;
    this.limit = 0;
  }

  /** True where a line break at `at` may not be one, or may be the first half of one. */
  endsUnknown(at: number): boolean {
    return !this.isLast && (at >= this.limit || (this.bytes[at] === CR && at + 1 >= this.limit));
  }

  /** Whether `[start, end)` holds nothing but spaces and tabs. */
  isBlankLine(start: number, end: number): boolean {
    let at = start;
    while (at < end && isBlank(this.bytes[at])) at++;
    return at === end;
  }
}
