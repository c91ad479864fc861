import { LF, TAB } from '../intake/byte-kinds.ts';
import { ByteWindow } from '../intake/byte-window.ts';
import { dimensionIdRepeated } from './dimension-id-repeated.ts';
import { DimensionIndex, type DimensionIndexOptions } from './dimension-index.ts';
import { unescapeByte } from './staged-text.ts';

const BACKSLASH = 92;
/** Lines that are looked up together, so that their cache misses overlap. */
const BATCH_LINES = 512;

/**
 * Builds the index from staged text whose first column is the id. All other columns of a line become its tail as they
 * are: what the warehouse wrote goes back to it without being read.
 *
 * @throws PortError `dimensions.too-large`; `dimensions.id-repeated` where two lines with one id differ; what `chunks` throws
 */
export async function buildDimensionIndex(
  chunks: AsyncIterable<Uint8Array>,
  options: DimensionIndexOptions = {},
): Promise<DimensionIndex> {
  const index = new DimensionIndex(options);
  const lines = new LineBatch(index);
  for await (const chunk of chunks) lines.push(chunk);
  // At the end only: what is wrong with the lines by themselves is told before.
  if (lines.different > 0) throw dimensionIdRepeated(options.dimension, lines.firstDifferent, lines.different);
  return index;
}

/** Lines of staged text on their way into an index. */
class LineBatch {
  /** Lines with the id of an earlier line and another tail. */
  different = 0;
  /** The first of them; the first line is 1. */
  firstDifferent = 0;

  private readonly index: DimensionIndex;
  private readonly window = new ByteWindow();
  private lines = 0;
  private count = 0;
  private readonly starts = new Int32Array(BATCH_LINES);
  /** Where the id ends. */
  private readonly tabs = new Int32Array(BATCH_LINES);
  private readonly ends = new Int32Array(BATCH_LINES);
  private readonly hashes = new Int32Array(BATCH_LINES);

  constructor(index: DimensionIndex) {
    this.index = index;
  }

  push(chunk: Uint8Array): void {
    const { window } = this;
    window.append(chunk);
    while (this.fill()) this.flush();
    this.flush();
  }

  /** Finds whole lines until the batch is full; false where the window holds no more. */
  private fill(): boolean {
    const { window, starts, tabs, ends, hashes } = this;
    const { bytes, limit } = window;
    let line = 0;
    let start = window.position;
    while (line < BATCH_LINES) {
      let at = start;
      let isEscaped = false;
      for (; at < limit && bytes[at] !== TAB; at++) {
        if (bytes[at] === BACKSLASH) {
          isEscaped = true;
          at++;
        }
      }
      const tab = at;
      for (; at < limit && bytes[at] !== LF; at++) {
        if (bytes[at] === BACKSLASH) at++;
      }
      if (at >= limit) break;
      if (isEscaped) start = tab - unescapeId(bytes, start, tab);
      starts[line] = start;
      tabs[line] = tab;
      ends[line] = at;
      hashes[line] = DimensionIndex.hash(bytes, start, tab);
      line++;
      start = at + 1;
    }
    window.position = start;
    this.count = line;
    return line === BATCH_LINES;
  }

  private flush(): void {
    const { index, count, window, starts, tabs, ends, hashes } = this;
    const { bytes } = window;
    index.touch(hashes, count);
    for (let line = 0; line < count; line++) {
      const isNew = index.add(hashes[line]!, bytes, starts[line]!, tabs[line]!, bytes, tabs[line]! + 1, ends[line]!);
      if (!isNew && !index.hasTail(bytes, tabs[line]! + 1, ends[line]!)) {
        if (this.different === 0) this.firstDifferent = this.lines + line + 1;
        this.different++;
      }
    }
    this.lines += count;
    this.count = 0;
  }
}

/** Unescapes `bytes[start, end)` in place so that it still ends at `end`; returns its length. */
function unescapeId(bytes: Uint8Array, start: number, end: number): number {
  let length = 0;
  for (let at = start; at < end; at++) {
    bytes[start + length++] = bytes[at] === BACKSLASH ? unescapeByte(bytes[++at]!) : bytes[at]!;
  }
  bytes.copyWithin(end - length, start, start + length);
  return length;
}
