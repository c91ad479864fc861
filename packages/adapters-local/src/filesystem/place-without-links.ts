import { open, rename } from 'node:fs/promises';
import { systemCodeOf } from './file-fault.ts';

/**
 * Gives a file its name on a file system without hard links; false where the name is taken. The name is first taken by an
 * empty file, which is then replaced. A crash in between leaves the empty file, and the next attempt the name with the
 * digits of the hash.
 */
export async function placeWithoutLinks(from: string, to: string): Promise<boolean> {
  try {
    await (await open(to, 'wx')).close();
  } catch (error) {
    if (systemCodeOf(error) === 'EEXIST') return false;
    throw error;
  }
  await rename(from, to);
  return true;
}
