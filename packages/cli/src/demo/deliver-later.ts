import { copyFile, mkdir, rename, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Puts a file into the landing folder as a shop would: whole at once, with its own modification time. */
export async function deliverLater(path: string, landing: string, key: string): Promise<void> {
  const target = join(landing, key);
  const unfinished = `${target}.part`;
  await mkdir(dirname(target), { recursive: true });
  await copyFile(path, unfinished);
  const { atime, mtime } = await stat(path);
  await utimes(unfinished, atime, mtime);
  await rename(unfinished, target);
}
