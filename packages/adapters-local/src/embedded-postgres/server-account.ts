import { execFile } from 'node:child_process';
import { chown, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Whom the server runs as; undefined means as ourselves. */
export type ServerAccount = { readonly uid: number; readonly gid: number } | undefined;

/**
 * Postgres refuses to run as root. Data that belongs to somebody already (`weir` first, `sudo weir` later) keeps its
 * owner; new data goes to `nobody`, an account that every Unix has, so that none must be created on the host.
 */
export async function chooseAccount(home: string): Promise<ServerAccount> {
  if (!runsAsRoot()) return undefined;
  const owner = await stat(join(home, 'data')).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const [uid, gid] = await Promise.all([idOfNobody('-u'), idOfNobody('-g')]);
  return { uid, gid };
}

export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

export async function giveTo(account: ServerAccount, path: string): Promise<void> {
  if (account !== undefined) await chown(path, account.uid, account.gid);
}

async function idOfNobody(flag: '-u' | '-g'): Promise<number> {
  const { stdout } = await promisify(execFile)('id', [flag, 'nobody']);
  return Number(stdout);
}
