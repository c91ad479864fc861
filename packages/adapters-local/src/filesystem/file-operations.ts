import { createHash } from 'node:crypto';
import { constants, statSync, unlinkSync } from 'node:fs';
import { access, copyFile, link, open, readdir, stat, unlink, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isGone, systemCodeOf } from './file-fault.ts';
import { versionOf } from './file-version.ts';
import { makeFolder } from './make-folder.ts';
import { placeWithoutLinks } from './place-without-links.ts';
import { syncPath } from './sync-path.ts';
import { toSeconds } from './to-seconds.ts';

export interface FoundVersion {
  readonly version: string;
  readonly size: bigint;
  readonly isFile: boolean;
  readonly modifiedNs: bigint;
}

/** The steps of a move, each of which may be the last one before a crash. All paths are absolute. */
export interface FileOperations {
  /** Undefined where there is no such file. */
  find(path: string): Promise<FoundVersion | undefined>;
  requireReadable(path: string): Promise<void>;
  /** Makes a folder and those above it, and sees that they last. */
  makeFolder(path: string): Promise<void>;
  /** Fails where the target exists. */
  copy(from: string, to: string): Promise<void>;
  setModified(path: string, nanoseconds: bigint): Promise<void>;
  /** Sees that a file or folder lasts when the power fails. */
  sync(path: string): Promise<void>;
  /** `sha256:` and 64 hexadecimal digits over what is in the file. */
  hash(path: string): Promise<string>;
  /** Gives a file its name; false, and nothing done, where the name is taken. */
  place(from: string, to: string): Promise<boolean>;
  remove(path: string): Promise<void>;
  removeVersion(path: string, version: string): Promise<'removed' | 'changed' | 'missing'>;
  /** Removes files of a folder by the start of their names, when their state changed more than so long before that of `path`. */
  removeAbandoned(path: string, nameStart: string, milliseconds: number): Promise<void>;
}

export const NODE_FILE_OPERATIONS: FileOperations = {
  async find(path) {
    try {
      const stats = await stat(path, { bigint: true });
      return { version: versionOf(stats), size: stats.size, isFile: stats.isFile(), modifiedNs: stats.mtimeNs };
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  },

  async requireReadable(path) {
    await access(path, constants.R_OK);
  },

  async makeFolder(path) {
    const first = await makeFolder(path);
    if (first === undefined) return;
    for (let made = path; made.length >= first.length; made = dirname(made)) await syncPath(dirname(made));
  },

  async copy(from, to) {
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  },

  async setModified(path, nanoseconds) {
    const seconds = toSeconds(nanoseconds);
    await utimes(path, seconds, seconds);
  },

  async sync(path) {
    await syncPath(path);
  },

  async hash(path) {
    const hash = createHash('sha256');
    const handle = await open(path);
    for await (const chunk of handle.createReadStream({ highWaterMark: 512 * 1024 })) hash.update(chunk as Buffer);
    return `sha256:${hash.digest('hex')}`;
  },

  async place(from, to) {
    try {
      await link(from, to);
      await unlink(from);
      return true;
    } catch (error) {
      const code = systemCodeOf(error);
      if (code === 'EEXIST') return false;
      if (!WITHOUT_LINKS.has(code)) throw error;
      return placeWithoutLinks(from, to);
    }
  },

  async remove(path) {
    await unlink(path).catch((error: unknown) => {
      if (!isGone(error)) throw error;
    });
  },

  async removeVersion(path, version) {
    try {
      // Nothing of this process may come between the look and the removal, and as little as possible of any other.
      if (versionOf(statSync(path, { bigint: true })) !== version) return 'changed';
      unlinkSync(path);
      return 'removed';
    } catch (error) {
      if (isGone(error)) return 'missing';
      throw error;
    }
  },

  async removeAbandoned(path, nameStart, milliseconds) {
    const folder = dirname(path);
    const { ctimeMs } = await stat(path);
    for (const name of await readdir(folder)) {
      if (!name.startsWith(nameStart)) continue;
      const other = await stat(join(folder, name)).catch(() => undefined);
      if (other !== undefined && ctimeMs - other.ctimeMs > milliseconds)
        await unlink(join(folder, name)).catch(() => {});
    }
  },
};

/** What file systems without hard links answer (exFAT, many network folders). */
const WITHOUT_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV']);
