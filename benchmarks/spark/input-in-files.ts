import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A folder with the rows of a file in several files of about the same size. No record of the input holds a line break. */
export function inFiles(path: string, count: number): string {
  const folder = join(dirname(path), `in-${count}-files`);
  if (existsSync(folder)) return folder;
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part);
  const [header, ...lines] = readFileSync(path, 'latin1').trimEnd().split('\n');
  const each = Math.ceil(lines.length / count);
  for (let no = 0; no < count; no++) {
    const text = [header, ...lines.slice(no * each, (no + 1) * each), ''].join('\n');
    writeFileSync(join(part, `${basename(path, '.csv')}-${no + 1}.csv`), text, 'latin1');
  }
  renameSync(part, folder);
  return folder;
}
