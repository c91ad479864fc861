import type { BigIntStats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isHiddenKey, type LandedContent, type LandedFile, type LandingZone, PortError } from '@weir/core';
import { isGone, toFileFault } from './file-fault.ts';
import { modifiedAtOf, versionOf } from './file-version.ts';
import { isInside } from './is-inside.ts';
import { openLandedFile } from './open-landed-file.ts';
import { resolveKey } from './resolve-key.ts';
import { walkFolder } from './walk-folder.ts';

const FILES_A_PAGE = 1000;

/** A folder into which files are put. */
export class FilesystemLandingZone implements LandingZone {
  readonly location: string;

  /** @param folder need not exist before it is listed */
  constructor(folder: string) {
    this.location = resolve(folder);
  }

  async *list(): AsyncIterable<readonly LandedFile[]> {
    let page: LandedFile[] = [];
    for await (const { key, stats } of walkFolder(await this.#findFolder())) {
      page.push(toLandedFile(key, stats));
      if (page.length < FILES_A_PAGE) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  }

  async find(key: string, version?: string): Promise<LandedFile | undefined> {
    if (isHiddenKey(key)) return undefined;
    const file = await findFile(this.location, key);
    return version === undefined || file?.version === version ? file : undefined;
  }

  async open(file: LandedFile): Promise<LandedContent> {
    return openLandedFile(await this.#findFolder(), file);
  }

  /** The real path of the folder, which must exist. */
  async #findFolder(): Promise<string> {
    const folder = this.location;
    try {
      const real = await realpath(folder);
      if ((await stat(real)).isDirectory()) return real;
    } catch (error) {
      const code = isGone(error) ? 'landing.not-found' : 'landing.unreadable';
      throw toFileFault(error, code, `The folder ${folder} cannot be read`, folder);
    }
    throw new PortError({
      code: 'landing.unreadable',
      message: `The folder ${folder} cannot be read: it is a file and no folder.`,
      remedy: 'Name the folder that holds the files.',
      context: { path: folder },
    });
  }
}

/** Undefined where there is no such file inside the folder, or no folder. */
async function findFile(folder: string, key: string): Promise<LandedFile | undefined> {
  const path = resolveKey(folder, key);
  if (path === undefined) return undefined;
  try {
    if (!isInside(await realpath(path), await realpath(folder))) return undefined;
    const stats = await stat(path, { bigint: true });
    return stats.isFile() ? toLandedFile(key, stats) : undefined;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw toFileFault(error, 'landing.unreadable', `The file ${path} cannot be read`, path);
  }
}

function toLandedFile(key: string, stats: BigIntStats | undefined): LandedFile {
  // Of a file with a mangled name nothing is known; opening it tells why.
  if (stats === undefined) return { key, size: 0, modifiedAt: 0, version: '' };
  return { key, size: Number(stats.size), modifiedAt: modifiedAtOf(stats), version: versionOf(stats) };
}
