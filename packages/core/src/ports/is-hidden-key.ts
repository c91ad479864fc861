const UNFINISHED = ['.tmp', '.part', '.crdownload'];

/**
 * Whether a landing place leaves a file out: a part of its key starts with `.` or `_`, or the file is still being written
 * by its name.
 */
export function isHiddenKey(key: string): boolean {
  return key.split('/').some((part) => part.startsWith('.') || part.startsWith('_')) || isUnfinished(key.toLowerCase());
}

function isUnfinished(key: string): boolean {
  return UNFINISHED.some((ending) => key.endsWith(ending));
}
