import { LF, TAB } from '../intake/byte-kinds.ts';
import { DimensionIndex, type DimensionIndexOptions } from './dimension-index.ts';
import { unescapeByte } from './staged-text.ts';

const BACKSLASH = 92;

/**
 * Builds the index from staged text whose first column is the id. All other columns of a line become its tail as they
 * are: what the warehouse wrote goes back to it without being read.
 *
 * @throws PortError `dimensions.too-large`, and what `chunks` throws
 */
export async function buildDimensionIndex(
  chunks: AsyncIterable<Uint8Array>,
  options: DimensionIndexOptions = {},
): Promise<DimensionIndex> {
  const index = new DimensionIndex(options);
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
      if (hasEscape) addEscaped(index, bytes, start, tab, at);
      else index.add(DimensionIndex.hash(bytes, start, tab), bytes, start, tab, at);
      start = at + 1;
      tab = -1;
      hasEscape = false;
    }
  }
  return start;
}

/** Adds a line whose id stands in escaped form. */
function addEscaped(index: DimensionIndex, bytes: Uint8Array, start: number, tab: number, lineEnd: number): void {
  const line = new Uint8Array(lineEnd - start);
  let length = 0;
  for (let at = start; at < tab; at++) {
    line[length++] = bytes[at] === BACKSLASH ? unescapeByte(bytes[++at]!) : bytes[at]!;
  }
  line.set(bytes.subarray(tab, lineEnd), length);
  index.add(DimensionIndex.hash(line, 0, length), line, 0, length, length + lineEnd - tab);
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
