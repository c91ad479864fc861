import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Replaces a file as a whole: who opens it meanwhile sees what was there, or all that is new. */
export async function writeWhole(path: string, text: string, mode: number): Promise<void> {
  const unfinished = join(dirname(path), `.weir-${randomUUID()}`);
  try {
    await writeFile(unfinished, text, { mode });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    // Of the name that was asked for, not of ours.
    throw Object.assign(error as Error, { path });
  }
}
