import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PortError } from '@weir/core';
import { isGone } from './file-fault.ts';
import { isInside } from './is-inside.ts';

/**
 * The path itself, once it is sure that no symbolic link on the way leads out of the folder. The last part may be missing,
 * or be a link.
 *
 * @throws PortError `archive.unreadable`
 */
export async function resolveInside(path: string, folder: string): Promise<string> {
  try {
    const [parent, root] = await Promise.all([realpath(dirname(path)), realpath(folder)]);
    if (isInside(parent, root)) return path;
  } catch (error) {
    if (isGone(error)) return path;
    throw error;
  }
  throw new PortError({
    code: 'archive.unreadable',
    message: `The file ${path} lies behind a link that leads out of the landing folder, so it is not moved.`,
    context: { path },
  });
}
