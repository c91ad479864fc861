import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DatagenError } from './datagen-error.ts';
import { partialPath } from './file-sink.ts';

/**
 * Throws a `DatagenError` with code `datagen.folder-in-use` where the folder holds files that are not among `keys`
 * (paths with slashes): the answer key would not tell of them. Files of an earlier, equal run are written anew.
 */
export function refuseForeignFiles(folder: string, keys: readonly string[]): void {
  if (!existsSync(folder)) return;
  const own = new Set(keys.flatMap((key) => [key, partialPath(key)]));
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    if (own.has(relative(folder, path).replaceAll('\\', '/'))) continue;
    throw new DatagenError({
      code: 'datagen.folder-in-use',
      what: 'The folder to generate into holds other files',
      where: path,
      why: 'they would be ingested together with the generated ones, and the expected result would be wrong',
      remedy: 'Choose another folder with out, or remove the files that lie there.',
    });
  }
}
