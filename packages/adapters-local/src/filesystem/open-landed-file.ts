import { createHash } from 'node:crypto';
import { type FileHandle, realpath, stat } from 'node:fs/promises';
import { type LandedContent, type LandedFile, PortError } from '@weir/core';
import { isGone, toFileFault } from './file-fault.ts';
import { versionOf } from './file-version.ts';
import { isInside } from './is-inside.ts';
import { isMangled, toNameFault } from './name-fault.ts';
import { openReal, toLeadingOut } from './open-real.ts';
import { readAhead } from './read-ahead.ts';
import { resolveKey } from './resolve-key.ts';

/**
 * Opens the listed version of a file. Whether it still is that version is looked at before and after it is read: what
 * happens in between shows in its size, its time, or in another file under its name.
 *
 * @param root the real path of the landing folder
 * @throws PortError `landing.not-found`, `landing.changed`, `landing.unreadable`, also while the chunks are read
 */
export async function openLandedFile(root: string, file: LandedFile): Promise<LandedContent> {
  const path = resolveKey(root, file.key);
  if (path === undefined) throw toKeyFault(file.key, root);
  const handle = await openInside(root, path);
  try {
    await requireVersion(handle, path, file);
  } catch (error) {
    await handle.close();
    throw toFileFault(error, 'landing.unreadable', `The file ${path} cannot be read`, path);
  }
  return streamFile(handle, path, file);
}

function streamFile(handle: FileHandle, path: string, file: LandedFile): LandedContent {
  const hash = createHash('sha256');
  const reader = readAhead(handle, file.size, (chunk) => hash.update(chunk));
  let contentHash: string | undefined;
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= reader.settle().then(() => handle.close());
    return closing;
  };
  const readChunks = async function* () {
    try {
      yield* reader.chunks();
      await requireVersion(handle, path, file);
      contentHash = `sha256:${hash.digest('hex')}`;
    } catch (error) {
      throw toFileFault(error, 'landing.unreadable', `The file ${path} cannot be read to its end`, path);
    } finally {
      await close();
    }
  };
  return {
    chunks: readChunks(),
    contentHash: () => {
      if (contentHash !== undefined) return contentHash;
      throw new Error(`${path} was not read to its end, so it has no hash yet.`);
    },
    close,
  };
}

async function openInside(root: string, path: string): Promise<FileHandle> {
  try {
    const real = await realpath(path);
    if (!isInside(real, root)) throw toLeadingOut(path);
    return await openReal(real, root);
  } catch (error) {
    if (isGone(error)) throw isMangled(path) ? toNameFault(path) : toMissing(path, error);
    throw toFileFault(error, 'landing.unreadable', `The file ${path} cannot be read`, path);
  }
}

/** @throws PortError where the open file, or the one that has its name now, is not the listed version */
async function requireVersion(handle: FileHandle, path: string, file: LandedFile): Promise<void> {
  const opened = await handle.stat({ bigint: true });
  const named = await stat(path, { bigint: true }).catch((error: unknown) => {
    throw isGone(error) ? toMissing(path, error) : error;
  });
  if (versionOf(opened) === file.version && versionOf(named) === file.version && opened.isFile()) return;
  throw new PortError({
    code: 'landing.changed',
    message: `The file ${path} was changed after it was listed; the next run takes up the new version.`,
    retryable: true,
    context: { path },
  });
}

function toMissing(path: string, cause: unknown): PortError {
  return new PortError({
    code: 'landing.not-found',
    message: `The file ${path} was removed after it was listed.`,
    retryable: true,
    context: { path },
    cause,
  });
}

function toKeyFault(key: string, root: string): PortError {
  return new PortError({
    code: 'landing.unreadable',
    message: `${JSON.stringify(key)} is no path of a file below ${root}, so it is not read.`,
    context: { key },
  });
}
