import { join, sep } from 'node:path';

/**
 * The path of a key below a folder, or undefined where the key would lead out of it or names no file: empty parts, `.` and
 * `..`, NUL; on Windows also backslashes and colons, which mean drives and streams there.
 */
export function resolveKey(folder: string, key: string): string | undefined {
  const isForeign = sep === '\\' ? /[\\:\0]/.test(key) : key.includes('\0');
  if (isForeign || key.split('/').some((part) => part === '' || part === '.' || part === '..')) return undefined;
  return join(folder, ...key.split('/'));
}
