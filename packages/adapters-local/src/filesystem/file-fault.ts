import { isPortError, PortError } from '@weir/core';

/** What the operating system says, in words, and what to do about it. */
const REASONS: Readonly<Record<string, readonly [reason: string, remedy: string]>> = {
  EACCES: ['permission is denied', 'Give the user that runs Weir access to it.'],
  EPERM: ['the operating system does not permit it', 'Give the user that runs Weir access to it.'],
  EROFS: ['the file system is read-only', 'Mount it for writing, or choose another folder.'],
  ENOSPC: ['the disk is full', 'Free space on it, or choose another folder.'],
  EDQUOT: ['the disk quota is used up', 'Free space, or raise the quota.'],
  EFBIG: ['the file is larger than the file system allows', 'Choose a folder on another file system.'],
  ENOENT: ['it does not exist', 'Create it, or correct the path.'],
  ENOTDIR: ['a part of its path is a file and no folder', 'Remove that file, or correct the path.'],
  EEXIST: ['a file stands where a folder should be', 'Remove that file, or correct the path.'],
  EISDIR: ['it is a folder', 'Remove that folder, or correct the path.'],
  ENAMETOOLONG: ['its name is too long for the file system', 'Use shorter names.'],
  ELOOP: ['its symbolic links lead in a circle', 'Correct the links.'],
  EMFILE: ['this process has too many files open', 'Raise the limit of open files.'],
  ENFILE: ['the system has too many files open', 'Raise the limit of open files.'],
  EBUSY: ['it is in use', 'Wait until the other program is done with it.'],
  EIO: ['the disk does not answer properly', 'Check the disk.'],
};

/** Faults that may pass by themselves. */
const PASSING = new Set(['EMFILE', 'ENFILE', 'EBUSY', 'EAGAIN', 'EINTR', 'ETIMEDOUT', 'ESTALE']);

/**
 * A fault of the file system as a PortError; one that is a PortError already stays as it is.
 *
 * @param what a sentence without its end, such as `The folder /data cannot be read`
 */
export function toFileFault(error: unknown, code: string, what: string, path: string): PortError {
  if (isPortError(error)) return error;
  const systemCode = systemCodeOf(error);
  const [reason, remedy] = REASONS[systemCode] ?? [error instanceof Error ? error.message : String(error), undefined];
  return new PortError({
    code,
    message: `${what}: ${reason}.`,
    retryable: PASSING.has(systemCode),
    ...(remedy === undefined ? {} : { remedy }),
    context: { path, systemCode },
    cause: error,
  });
}

/** Such as `ENOENT`; empty where it is no fault of the operating system. */
export function systemCodeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** Whether a path leads nowhere: it, or a folder on the way to it, is missing, or its links lead in a circle. */
export function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(systemCodeOf(error));
}
