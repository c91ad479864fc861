import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** What the runtime writes behind the log of each invocation. */
const END = '\u0000end';

/** Reads the lines that a function writes, and knows when those of an invocation are all there. */
export class LogReader {
  private ended: (() => void) | undefined;

  constructor(stream: Readable, log: (line: string) => void) {
    createInterface(stream).on('line', (line) => {
      const isEnd = line.endsWith(END);
      const text = isEnd ? line.slice(0, -END.length) : line;
      if (text !== '' || !isEnd) log(text);
      if (isEnd) this.ended?.();
    });
  }

  /** To be called before the invocation begins. */
  untilEnd(): Promise<void> {
    return new Promise((resolve) => {
      this.ended = resolve;
    });
  }
}
