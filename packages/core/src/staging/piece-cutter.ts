import { CR, LF } from '../intake/byte-kinds.ts';
import { countLineBreaks } from '../intake/count-line-breaks.ts';

/** A part of the rows of one file. */
export interface Piece {
  readonly bytes: Uint8Array;
  /** Physical line of the file on which it starts, from 1. */
  readonly line: number;
  /** Whether it starts behind a line feed, so that a record may start there. Otherwise the piece before goes on in it. */
  readonly startsLine: boolean;
  /** Nothing comes behind it. */
  readonly isLast: boolean;
}

/** Gives room for the bytes of a piece. */
export type PieceBuffers = () => Uint8Array;

/**
 * Cuts a stream of bytes behind line feeds into pieces of at most the size of a buffer, and counts the lines before each.
 * A line feed may stand inside quotes: whether a record starts at a piece is known only when the piece before is read.
 */
export class PieceCutter {
  private readonly takeBuffer: PieceBuffers;
  private buffer: Uint8Array | undefined;
  private length = 0;
  private line: number;
  private startsLine = true;
  /** A CR at the end of the piece before was counted; a LF at the start of this one belongs to it. */
  private endsInCr = false;

  /** @param line physical line of the first byte, from 1 */
  constructor(line: number, takeBuffer: PieceBuffers) {
    this.line = line;
    this.takeBuffer = takeBuffer;
  }

  /** The pieces that are full by then. The chunk is copied as the pieces are asked for. */
  *push(chunk: Uint8Array): Generator<Piece> {
    for (let from = 0; from < chunk.length; ) {
      this.buffer ??= this.takeBuffer();
      const { buffer } = this;
      const count = Math.min(buffer.length - this.length, chunk.length - from);
      buffer.set(chunk.subarray(from, from + count), this.length);
      this.length += count;
      from += count;
      if (this.length === buffer.length) yield this.cut();
    }
  }

  /** What is left, be it nothing. */
  end(): Piece {
    const bytes = (this.buffer ?? new Uint8Array(0)).subarray(0, this.length);
    return { bytes, line: this.line, startsLine: this.startsLine, isLast: true };
  }

  private cut(): Piece {
    const buffer = this.buffer!;
    const lineFeed = buffer.lastIndexOf(LF, this.length - 1);
    const end = lineFeed < 0 ? this.length : lineFeed + 1;
    const piece = { bytes: buffer.subarray(0, end), line: this.line, startsLine: this.startsLine, isLast: false };
    this.line += countLineBreaks(buffer, 0, end) - (this.endsInCr && buffer[0] === LF ? 1 : 0);
    this.endsInCr = buffer[end - 1] === CR;
    this.startsLine = lineFeed >= 0;
    this.length -= end;
    this.buffer = undefined;
    if (this.length > 0) {
      this.buffer = this.takeBuffer();
      this.buffer.set(buffer.subarray(end, end + this.length));
    }
    return piece;
  }
}
