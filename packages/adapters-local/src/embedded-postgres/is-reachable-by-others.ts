import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Whether an account without rights of its own may enter every folder above the path, and the path itself. */
export async function isReachableByOthers(path: string): Promise<boolean> {
  let current = await realpath(path);
  for (;;) {
    if (((await stat(current)).mode & 0o001) === 0) return false;
    const parent = dirname(current);
    if (parent === current) return true;
    current = parent;
  }
}
