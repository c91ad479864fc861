const TAB = 9;
const LF = 10;
const BACKSLASH = 92;
const ZERO = 48;

/** A line of staged rows as it is found: `start` to `end`, its line feed included. */
export interface StagedLine {
  readonly start: number;
  readonly end: number;
  /** Its column `source_line`. */
  readonly sourceLine: number;
}

/** The lines of a block of staged rows. A line feed behind a backslash is part of a value. */
export function* findStagedLines(block: Uint8Array): Generator<StagedLine> {
  let start = 0;
  while (start < block.length) {
    let at = block.indexOf(TAB, start) + 1;
    let sourceLine = 0;
    for (; block[at] !== TAB; at++) sourceLine = sourceLine * 10 + block[at]! - ZERO;
    while (block[at] !== LF) at += block[at] === BACKSLASH ? 2 : 1;
    const end = at + 1;
    yield { start, end, sourceLine };
    start = end;
  }
}
