import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, mkdtemp, realpath, stat, symlink, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import { makeFolder } from '../filesystem/make-folder.ts';
import { isReachableByOthers } from './is-reachable-by-others.ts';
import { runsAsRoot } from './server-account.ts';

/**
 * Creates the directory and returns its real path. As root the server runs as another account; where that account cannot
 * enter a folder above, the directory becomes a link to one that it can enter.
 */
export async function createHome(wanted: string, onNotice: (sentence: string) => void): Promise<string> {
  const parent = dirname(wanted);
  await makeFolder(parent);
  if (!(await isThere(wanted)) && runsAsRoot() && !(await isReachableByOthers(parent))) {
    const elsewhere = await createElsewhere(await realpath(parent));
    await symlink(elsewhere, wanted);
    onNotice(
      `The database is kept in ${elsewhere}, and ${wanted} is a link to it: a server must not run as root, and the ` +
        'account that it runs as cannot enter this folder. To delete the database for good, delete both.',
    );
  }
  // 0711: the server's account must pass through, and nobody needs to list it.
  await mkdir(wanted, { recursive: true, mode: 0o711 });
  return await realpath(wanted);
}

/** A link whose other end was deleted counts for nothing. */
async function isThere(path: string): Promise<boolean> {
  if (await stat(path).catch(() => undefined)) return true;
  if ((await lstat(path).catch(() => undefined))?.isSymbolicLink()) await unlink(path);
  return false;
}

/** What belongs to a temporary folder stays temporary; anything else must survive a clean-up of /tmp. */
async function createElsewhere(parent: string): Promise<string> {
  const temporary = await realpath(tmpdir());
  const name = `postgres-of-${basename(dirname(parent)) || 'root'}-`.replace(/[^\w.-]/g, '_');
  if (parent.startsWith(temporary + sep) && (await isReachableByOthers(temporary))) {
    const folder = await mkdtemp(join(temporary, `weir-${name}`));
    await chmod(folder, 0o711);
    return folder;
  }
  const folder = join('/var/lib/weir', name + randomBytes(4).toString('hex'));
  await mkdir(folder, { recursive: true, mode: 0o755 });
  return folder;
}
