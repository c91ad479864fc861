import { closeSync, openSync, renameSync, writeSync } from 'node:fs';

const LINES_AT_ONCE = 20_000;

/** Writes lines to a file that has its name only once it is whole. */
export function writeLines(path: string, lines: Iterable<string>): void {
  const part = `${path}.part`;
  const file = openSync(part, 'w');
  let waiting: string[] = [];
  for (const line of lines) {
    waiting.push(line);
    if (waiting.length === LINES_AT_ONCE) {
      writeSync(file, `${waiting.join('\n')}\n`);
      waiting = [];
    }
  }
  if (waiting.length > 0) writeSync(file, `${waiting.join('\n')}\n`);
  closeSync(file);
  renameSync(part, path);
}
