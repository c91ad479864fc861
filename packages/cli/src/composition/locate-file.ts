import { dirname, relative, sep } from 'node:path';
import { FilesystemLandingZone } from '@weir/adapters-local/filesystem';
import type { LandingZone } from '@weir/core';

export interface LocatedFile {
  readonly landing: LandingZone;
  /** Of the file below the landing place. */
  readonly key: string;
}

/**
 * Any file as one of a landing place. That lies above the hive path where there is one, so that the key tells the day.
 *
 * @param path absolute
 */
export function locateFile(path: string): LocatedFile {
  const folder = landingFolderOf(path);
  return { landing: new FilesystemLandingZone(folder), key: relative(folder, path).split(sep).join('/') };
}

function landingFolderOf(file: string): string {
  const parts = dirname(file).split(sep);
  const year = parts.findIndex((part) => /^year=\d{4}$/.test(part));
  return year < 0 ? dirname(file) : parts.slice(0, year).join(sep) || sep;
}
