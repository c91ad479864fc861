import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';

/** Without waiting for a reader, where it is a pipe. */
const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0);

/** Appends lines to a file, each by one write, so that lines of several writers do not mix. Any call may throw. */
export class LineFile {
  readonly #file: number;
  #isTorn: boolean;

  constructor(path: string) {
    this.#file = openSync(path, APPEND);
    this.#isTorn = fstatSync(this.#file).isFile() && !endsLine(path);
  }

  /** @param line with its line break */
  write(line: string): void {
    const bytes = Buffer.from(this.#isTorn ? `\n${line}` : line);
    this.#isTorn = false;
    const written = writeSync(this.#file, bytes);
    if (written < bytes.length) throw new Error(`only ${written} of ${bytes.length} bytes were taken`);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** A disk that ran full may have left half a line. Where the file may not be read, nobody can tell. */
function endsLine(path: string): boolean {
  try {
    return lastByte(path) === '\n'.charCodeAt(0);
  } catch {
    return true;
  }
}

function lastByte(path: string): number {
  const file = openSync(path, 'r');
  try {
    const last = Buffer.from('\n');
    readSync(file, last, 0, 1, Math.max(0, fstatSync(file).size - 1));
    return last[0]!;
  } finally {
    closeSync(file);
  }
}
