import { constants } from 'node:fs';
import { type FileHandle, open, readlink } from 'node:fs/promises';
import { PortError } from '@weir/core';
import { isInside } from './is-inside.ts';

/** Else the open of a pipe, which somebody put in the place of the file, would wait for ever. */
const WITHOUT_WAITING = constants.O_NONBLOCK ?? 0;
/** Windows has none, and lets few users make links. */
const NO_LINK = constants.O_NOFOLLOW ?? 0;

/**
 * Opens a file by its real path, once that was found to lie in a folder. Whoever may land files may since have put a link in
 * the place of the file, or of a folder above it: what is open then lies elsewhere, and is not read.
 *
 * @throws PortError `landing.unreadable`; what the operating system says
 */
export async function openReal(path: string, root: string): Promise<FileHandle> {
  const handle = await open(path, constants.O_RDONLY | WITHOUT_WAITING | NO_LINK);
  // Only Linux tells where an open file lies.
  const opened = await readlink(`/proc/self/fd/${handle.fd}`).catch(() => path);
  if (isInside(opened, root)) return handle;
  await handle.close();
  throw toLeadingOut(path);
}

export function toLeadingOut(path: string): PortError {
  return new PortError({
    code: 'landing.unreadable',
    message: `The file ${path} is a link that leads out of the landing folder, so it is not read.`,
    context: { path },
  });
}
