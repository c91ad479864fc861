import type { BigIntStats, Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isHiddenKey } from '@weir/core';
import { isGone, toFileFault } from './file-fault.ts';
import { isInside } from './is-inside.ts';
import { isMangled } from './name-fault.ts';

/** How many files are asked about at once. */
const STATS_AT_ONCE = 64;

export interface FoundFile {
  /** Path below the folder, with `/` between its parts. */
  readonly key: string;
  /** Undefined where the name is not valid UTF-8: the file is there, but cannot be asked about. */
  readonly stats: BigIntStats | undefined;
}

/**
 * All files below a folder that are neither hidden nor unfinished, in the byte order of their keys. Symbolic links are
 * followed as long as they stay within the folder. What vanishes meanwhile is left out.
 *
 * @param root absolute and without symbolic links
 * @throws PortError `landing.not-found`, `landing.unreadable`
 */
export function walkFolder(root: string): AsyncIterable<FoundFile> {
  return walk(root, { path: root, prefix: '', ancestors: [root] });
}

interface Folder {
  readonly path: string;
  /** What the keys of its files start with. */
  readonly prefix: string;
  /** Real paths of the folders above it and its own: a link to one of them would lead in a circle. */
  readonly ancestors: readonly string[];
}

interface Entry {
  readonly path: string;
  readonly key: string;
  readonly stats: BigIntStats | undefined;
}

async function* walk(root: string, folder: Folder): AsyncIterable<FoundFile> {
  const names = await readNames(root, folder);
  for (let i = 0; i < names.length; i += STATS_AT_ONCE) {
    const slice = names.slice(i, i + STATS_AT_ONCE);
    for (const entry of await Promise.all(slice.map((dirent) => inspect(root, folder, dirent)))) {
      if (entry === undefined) continue;
      const { key, stats } = entry;
      if (stats === undefined || stats.isFile()) yield { key, stats };
      else if (stats.isDirectory()) yield* enter(root, folder, entry);
    }
  }
}

async function* enter(root: string, parent: Folder, { path, key }: Entry): AsyncIterable<FoundFile> {
  const real = await realpath(path).catch((error: unknown) => {
    if (isGone(error)) return undefined;
    throw toFileFault(error, 'landing.unreadable', `The folder ${path} cannot be read`, path);
  });
  if (real === undefined || parent.ancestors.includes(real)) return;
  yield* walk(root, { path, prefix: `${key}/`, ancestors: [...parent.ancestors, real] });
}

/** A folder counts with the `/` that follows it in every key, so that folders and files come in the order of the keys. */
async function readNames(root: string, { path }: Folder): Promise<readonly Dirent[]> {
  let entries: Dirent[];
  try {
    entries = await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (isGone(error) && path !== root) return [];
    const code = isGone(error) ? 'landing.not-found' : 'landing.unreadable';
    throw toFileFault(error, code, `The folder ${path} cannot be listed`, path);
  }
  const named = await Promise.all(
    entries.map(async (entry) => ({ entry, name: (await isFolder(entry, path)) ? `${entry.name}/` : entry.name })),
  );
  return named
    .filter(({ name }) => !isHiddenKey(name))
    .map(({ entry, name }) => ({ entry, order: Buffer.from(name) }))
    .sort((a, b) => Buffer.compare(a.order, b.order))
    .map(({ entry }) => entry);
}

async function isFolder(entry: Dirent, parent: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  const target = await stat(join(parent, entry.name)).catch(() => undefined);
  return target?.isDirectory() ?? false;
}

async function inspect(root: string, { path: parent, prefix }: Folder, dirent: Dirent): Promise<Entry | undefined> {
  const path = join(parent, dirent.name);
  try {
    if (dirent.isSymbolicLink() && !isInside(await realpath(path), root)) return undefined;
    return { path, key: prefix + dirent.name, stats: await stat(path, { bigint: true }) };
  } catch (error) {
    if (isGone(error))
      return isMangled(dirent.name) ? { path, key: prefix + dirent.name, stats: undefined } : undefined;
    throw toFileFault(error, 'landing.unreadable', `The file ${path} cannot be read`, path);
  }
}
