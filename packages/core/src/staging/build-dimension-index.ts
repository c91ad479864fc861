import { LF, TAB } from '../intake/byte-kinds.ts';
import { DimensionIndex } from './dimension-index.ts';
import { unescapeByte } from './staged-text.ts';

const BACKSLASH = 92;

/**
 * Builds the index from staged text whose first column is the id. All other columns of a line become its tail as they
 * are: what the warehouse wrote goes back to it without being read.
 */
export async function buildDimensionIndex(chunks: AsyncIterable<Uint8Array>): Promise<DimensionIndex> {
  const index = new DimensionIndex();
  let rest = new Uint8Array(0);
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : join(rest, chunk);
    const end = addLines(index, bytes);
    // A copy: the producer may use its chunk again.
    rest = bytes.slice(end);
  }
  return index;
}

/** Adds all whole lines; returns where the first part of a line starts. */
function addLines(index: DimensionIndex, bytes: Uint8Array): number {
  let start = 0;
  let tab = -1;
  let hasEscape = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === BACKSLASH) {
      if (tab < 0) hasEscape = true;
      at++;
    } else if (byte === TAB && tab < 0) {
      tab = at;
    } else if (byte === LF) {
      const key = bytes.subarray(start, tab);
      index.add(hasEscape ? unescapeKey(key) : key, bytes.subarray(tab + 1, at));
      start = at + 1;
      tab = -1;
      hasEscape = false;
    }
  }
  return start;
}

function unescapeKey(escaped: Uint8Array): Uint8Array {
  const key = new Uint8Array(escaped.length);
  let length = 0;
  for (let i = 0; i < escaped.length; i++) {
    key[length++] = escaped[i] === BACKSLASH ? unescapeByte(escaped[++i]!) : escaped[i]!;
  }
  return key.subarray(0, length);
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
