import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PortError } from '@weir/core';
import { isGone, toFileFault } from './file-fault.ts';

export interface FolderNeeds {
  /** For the code of an error: `landing`, `archive`. */
  readonly use: string;
  readonly mustWrite: boolean;
  /** Where it is to be made on first use, the folder above it counts. */
  readonly mayBeMissing: boolean;
}

/**
 * Whether a folder can be used for what it is for. Nothing is written.
 *
 * @throws PortError `<use>.not-found`, `<use>.unreadable`, `<use>.write-failed`
 */
export async function probeFolder(folder: string, needs: FolderNeeds): Promise<void> {
  const { use, mustWrite, mayBeMissing } = needs;
  try {
    if (!(await stat(folder)).isDirectory()) throw noFolder(folder, use);
    await access(folder, constants.R_OK | constants.X_OK);
  } catch (error) {
    if (isGone(error) && mayBeMissing && dirname(folder) !== folder) return await probeFolder(dirname(folder), needs);
    const code = isGone(error) ? `${use}.not-found` : `${use}.unreadable`;
    throw toFileFault(error, code, `The folder ${folder} cannot be read`, folder);
  }
  if (!mustWrite) return;
  await access(folder, constants.W_OK).catch((error: unknown) => {
    throw toFileFault(error, `${use}.write-failed`, `The folder ${folder} cannot be written to`, folder);
  });
}

function noFolder(path: string, use: string): PortError {
  return new PortError({
    code: `${use}.unreadable`,
    message: `The folder ${path} cannot be read: it is a file and no folder.`,
    remedy: 'Name a folder.',
    context: { path },
  });
}
