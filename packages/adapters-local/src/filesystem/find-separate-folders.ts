import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { PortError } from '@weir/core';
import { isInside } from './is-inside.ts';

/** File systems there take names for the same that differ in letter case. */
const IGNORES_CASE = process.platform === 'win32' || process.platform === 'darwin';

/**
 * Both folders as absolute paths. A store within the landing folder would be loaded again, and a landing folder within the
 * store could overwrite what is stored.
 *
 * @throws PortError `archive.overlaps-landing`
 */
export function findSeparateFolders(
  folder: string,
  landingFolder: string,
): { readonly folder: string; readonly landingFolder: string } {
  const places = { folder: resolve(folder), landingFolder: resolve(landingFolder) };
  const [store, landing] = [toComparable(places.folder), toComparable(places.landingFolder)];
  if (!isInside(store, landing) && !isInside(landing, store)) return places;
  const how =
    store === landing
      ? 'is the landing folder itself'
      : isInside(store, landing)
        ? `lies in the landing folder ${places.landingFolder}`
        : `holds the landing folder ${places.landingFolder}`;
  throw new PortError({
    code: 'archive.overlaps-landing',
    message: `The folder ${places.folder} for files that were taken ${how}.`,
    remedy: 'Choose a folder beside the landing folder.',
    context: { folder: places.folder, landingFolder: places.landingFolder },
  });
}

function toComparable(path: string): string {
  const real = findReal(path);
  return IGNORES_CASE ? real.toLowerCase() : real;
}

/** The real path of what exists of a path, and the rest of it as it is. */
function findReal(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(findReal(parent), basename(path));
  }
}
