import type { BigIntStats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type LandedContent, type LandedFile, type LandingZone, PortError } from '@weir/core';
import { isGone, toFileFault } from './file-fault.ts';
import { modifiedAtOf, versionOf } from './file-version.ts';
import { openLandedFile } from './open-landed-file.ts';
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
      throw toFileFault(error, code, `The landing folder ${folder} cannot be read`, folder);
    }
    throw new PortError({
      code: 'landing.unreadable',
      message: `The landing folder ${folder} cannot be read: it is a file and no folder.`,
      remedy: 'Name the folder that holds the files.',
      context: { path: folder },
    });
  }
}

function toLandedFile(key: string, stats: BigIntStats | undefined): LandedFile {
  // Of a file with a mangled name nothing is known; opening it tells why.
  if (stats === undefined) return { key, size: 0, modifiedAt: 0, version: '' };
  return { key, size: Number(stats.size), modifiedAt: modifiedAtOf(stats), version: versionOf(stats) };
}
