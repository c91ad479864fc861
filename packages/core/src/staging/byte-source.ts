import { SPARE_BYTES } from '../intake/byte-words.ts';

const encoder = new TextEncoder();

/** Bytes to copy from, with a view that reads words of them. */
export class ByteSource {
  bytes: Uint8Array = new Uint8Array(0);
  view = new DataView(this.bytes.buffer);
  /** Up to here they can be copied in words without reading behind their end. */
  wordsEnd = 0;
  /** Bytes of what it holds; there may be room behind it. */
  length = 0;

  /** Text with room behind it, so that all of it can be copied in words. */
  static of(text: string): ByteSource {
    const encoded = encoder.encode(text);
    const bytes = new Uint8Array(encoded.length + SPARE_BYTES);
    bytes.set(encoded);
    const source = new ByteSource();
    source.use(bytes);
    source.length = encoded.length;
    return source;
  }

  /** Other bytes than before; to be called before each use of bytes that are another array when they have grown. */
  use(bytes: Uint8Array): void {
    if (bytes === this.bytes) return;
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.wordsEnd = bytes.length - SPARE_BYTES;
    this.length = bytes.length;
  }
}
