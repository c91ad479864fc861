/** A refusal of the operating system as a sentence; undefined for any other error. */
export function systemFailure(error: Error): { code: string; message: string; remedy: string } | undefined {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return undefined;
  const article = /^[aeiou]/.test(syscall) ? 'an' : 'a';
  const where = path === undefined ? '' : ` of ${path}`;
  const [why, remedy] = reasons[code] ?? [`${code}: ${error.message}`, 'Look at what the message names.'];
  return {
    code: `system.${code.toLowerCase()}`,
    message: `The operating system refused ${article} ${syscall}${where}: ${why}.`,
    remedy,
  };
}

const reasons: Readonly<Record<string, readonly [why: string, remedy: string]>> = {
  ENOENT: ['it, or a folder above it, does not exist', 'Check the spelling of the path.'],
  EACCES: ['there is no permission', 'Give this user the right to it, or name another place.'],
  EPERM: ['there is no permission', 'Give this user the right to it, or name another place.'],
  EROFS: ['the file system is read-only', 'Name a place that can be written to.'],
  ENOSPC: ['the disk is full', 'Free some space, then run it again: it goes on where it stopped.'],
  EMFILE: ['too many files are open', 'Raise the limit (ulimit -n), then run it again.'],
  EISDIR: ['it is a folder', 'Name a file.'],
  ENOTDIR: ['a part of the path is a file', 'Check the spelling of the path.'],
};
