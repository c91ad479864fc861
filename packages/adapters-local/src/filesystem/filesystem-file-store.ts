import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { type FileStore, keyWithHash, type LandedFile, PortError, type TakeOutcome } from '@weir/core';
import { isGone, toFileFault } from './file-fault.ts';
import { type FileOperations, NODE_FILE_OPERATIONS } from './file-operations.ts';
import { findSeparateFolders } from './find-separate-folders.ts';
import { resolveInside } from './resolve-inside.ts';
import { resolveKey } from './resolve-key.ts';

export interface FilesystemFileStoreOptions {
  /** Made when the first file comes. */
  readonly folder: string;
  /** The folder of the landing zone; neither of the two may lie in the other. */
  readonly landingFolder: string;
  readonly operations?: FileOperations;
  /** After how long a copy that was begun and never finished counts as left behind by a crash. */
  readonly abandonedAfterMs?: number;
}

const COPY_PREFIX = '.weir-copy-';

/**
 * An archive or a quarantine in a folder. A file is copied to a temporary name beside its place, compared with the hash
 * that was committed, given its name, and only then deleted where it was landed. Folders of the landing place stay.
 */
export class FilesystemFileStore implements FileStore {
  readonly location: string;
  readonly #landingFolder: string;
  readonly #operations: FileOperations;
  readonly #abandonedAfterMs: number;
  readonly #cleaned = new Set<string>();

  /** @throws PortError `archive.overlaps-landing` */
  constructor({ folder, landingFolder, operations, abandonedAfterMs }: FilesystemFileStoreOptions) {
    const places = findSeparateFolders(folder, landingFolder);
    this.location = places.folder;
    this.#landingFolder = places.landingFolder;
    this.#operations = operations ?? NODE_FILE_OPERATIONS;
    this.#abandonedAfterMs = abandonedAfterMs ?? 3_600_000;
  }

  async take(file: LandedFile, contentHash: string): Promise<TakeOutcome> {
    const names = [file.key, keyWithHash(file.key, contentHash)];
    const source = await this.#resolveSource(file.key);
    if ((await this.#look(source, file.version)) === 'listed') {
      const storedAs =
        (await this.#findStored(names, file.size, contentHash)) ??
        (await this.#store(source, file, names, contentHash));
      if (storedAs !== undefined) return this.#removeLanded(source, file.version, storedAs);
    }
    const state = await this.#look(source, file.version);
    if (state === 'listed') throwMismatch(source, contentHash);
    // Only now that it is gone: whoever took it away may have brought it here just before.
    const storedAs = await this.#findStored(names, file.size, contentHash);
    if (state === 'changed') return { kind: 'source-changed', storedAs };
    return storedAs === undefined ? { kind: 'source-missing' } : { kind: 'moved', storedAs };
  }

  async #look(source: string, version: string): Promise<'listed' | 'changed' | 'missing'> {
    const current = await this.#read(source, () => this.#operations.find(source));
    if (current === undefined) return 'missing';
    return current.version === version ? 'listed' : 'changed';
  }

  async #removeLanded(source: string, version: string, storedAs: string): Promise<TakeOutcome> {
    const removal = await this.#try(source, `The file ${source} was stored, but cannot be removed`, async () => {
      // Also where its name was given before a crash: it may not have lasted yet.
      await this.#operations.sync(dirname(this.#resolve(storedAs)));
      return this.#operations.removeVersion(source, version);
    });
    return removal === 'changed' ? { kind: 'source-changed', storedAs } : { kind: 'moved', storedAs };
  }

  /** The name under which the very bytes lie here already. */
  async #findStored(names: readonly string[], size: number, contentHash: string): Promise<string | undefined> {
    for (const name of names) {
      const path = this.#resolve(name);
      const holds = await this.#read(path, async () => {
        const stored = await this.#operations.find(path);
        if (stored?.isFile !== true || stored.size !== BigInt(size)) return false;
        return (await this.#operations.hash(path)) === contentHash;
      });
      if (holds) return name;
    }
    return undefined;
  }

  /** Copies the file in; undefined where what was read is not what was committed. */
  async #store(source: string, file: LandedFile, names: readonly string[], contentHash: string) {
    const folder = dirname(this.#resolve(file.key));
    const copy = join(folder, `${COPY_PREFIX}${randomUUID()}`);
    await this.#read(source, () => this.#operations.requireReadable(source), isGone);
    return this.#try(folder, `${file.key} cannot be stored in ${this.location}`, async () => {
      await this.#operations.makeFolder(folder);
      try {
        if (!(await this.#copy(source, copy, contentHash))) return undefined;
        return await this.#place(copy, file, names, contentHash);
      } finally {
        // Where it cannot be removed either, it counts as abandoned some day; the first error says more.
        await this.#operations.remove(copy).catch(() => {});
      }
    });
  }

  async #copy(source: string, copy: string, contentHash: string): Promise<boolean> {
    const landed = await this.#operations.find(source);
    if (landed === undefined) return false;
    try {
      await this.#operations.copy(source, copy);
    } catch (error) {
      if ((await this.#operations.find(source)) === undefined) return false;
      throw error;
    }
    await this.#cleanOnce(copy);
    await this.#operations.setModified(copy, landed.modifiedNs);
    await this.#operations.sync(copy);
    return (await this.#operations.hash(copy)) === contentHash;
  }

  /** Once a folder, since a folder may hold very many files. */
  async #cleanOnce(copy: string): Promise<void> {
    const folder = dirname(copy);
    if (this.#cleaned.has(folder)) return;
    this.#cleaned.add(folder);
    await this.#operations.removeAbandoned(copy, COPY_PREFIX, this.#abandonedAfterMs);
  }

  async #place(copy: string, file: LandedFile, names: readonly string[], contentHash: string): Promise<string> {
    for (const name of names) {
      const isOurs = await this.#operations.place(copy, this.#resolve(name));
      if (isOurs || (await this.#findStored([name], file.size, contentHash)) !== undefined) return name;
    }
    throw new PortError({
      code: 'archive.write-failed',
      message: `${file.key} cannot be stored in ${this.location}: ${names.join(' and ')} are taken by other content.`,
      remedy: 'Move what lies there to another place.',
      context: { key: file.key, contentHash },
    });
  }

  async #resolveSource(key: string): Promise<string> {
    const path = resolveKey(this.#landingFolder, key) ?? throwKey(key, this.#landingFolder);
    return this.#read(path, () => resolveInside(path, this.#landingFolder));
  }

  #resolve(key: string): string {
    return resolveKey(this.location, key) ?? throwKey(key, this.location);
  }

  async #read<Value>(path: string, act: () => Promise<Value>, isExpected?: (error: unknown) => boolean) {
    return act().catch((error: unknown) => {
      if (isExpected?.(error) === true) return undefined as Value;
      throw toFileFault(error, 'archive.unreadable', `The file ${path} cannot be read`, path);
    });
  }

  async #try<Value>(path: string, what: string, act: () => Promise<Value>): Promise<Value> {
    return act().catch((error: unknown) => {
      throw toFileFault(error, 'archive.write-failed', what, path);
    });
  }
}

function throwKey(key: string, folder: string): never {
  throw new PortError({
    code: 'archive.write-failed',
    message: `${JSON.stringify(key)} is no path of a file below ${folder}, so nothing was moved.`,
    context: { key },
  });
}

function throwMismatch(source: string, contentHash: string): never {
  throw new PortError({
    code: 'archive.unreadable',
    message: `The file ${source} has not the content that was committed, although nobody seems to have changed it; it stays where it is.`,
    remedy: 'Check the disk.',
    context: { path: source, contentHash },
  });
}
