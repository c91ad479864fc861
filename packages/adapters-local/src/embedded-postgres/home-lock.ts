import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';

/** A folder that is there while a process starts or stops the server of a home. */
export function lockPath(home: string): string {
  return join(home, 'lock');
}

export function isHomeLocked(home: string): boolean {
  return existsSync(lockPath(home));
}

/** For the end of a process, where nothing can be awaited; undefined where somebody else holds the lock. */
export function tryHomeLockSync(home: string): (() => void) | undefined {
  try {
    mkdirSync(lockPath(home));
  } catch {
    return undefined;
  }
  return () => rmdirSync(lockPath(home));
}
