import { readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { makeFolder } from '@weir/adapters-local';
import { EMBEDDED_DATA } from '../config/choose-database.ts';
import { CommandError, usageError } from '../errors/command-error.ts';

/** Its presence makes a folder a demo's; it holds the id of the process that works there. */
const MARK = '.weir-demo';

/** Everything that a demo writes. Nothing else is ever deleted. */
const OWN = [
  'landing',
  'archive',
  'quarantine',
  'dimensions',
  'later',
  'expected.json',
  'expected-after-later.json',
  '.weir',
];

/**
 * Makes the folder that of a new demo: what an earlier one left there is deleted.
 *
 * @throws CommandError `demo.foreign-folder` where it holds anything else, `demo.running`
 */
export async function prepareDemoFolder(folder: string): Promise<void> {
  const entries = await list(folder);
  if (entries.includes(MARK)) {
    await refuseRunning(folder);
    await removeDatabase(folder);
    for (const name of OWN) await rm(join(folder, name), { recursive: true, force: true });
  } else if (entries.length > 0) {
    throw foreign(folder, 'it holds files that no demo wrote');
  }
  await makeFolder(folder);
  await writeFile(join(folder, MARK), `${process.pid}\n`);
}

/** Lets another demo start here. */
export async function leaveDemoFolder(folder: string): Promise<void> {
  await writeFile(join(folder, MARK), '');
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR') throw foreign(folder, 'it is a file');
    throw error;
  }
}

async function refuseRunning(folder: string): Promise<void> {
  const pid = Number(await readFile(join(folder, MARK), 'utf8'));
  if (!(pid > 0) || pid === process.pid || !isAlive(pid)) return;
  throw new CommandError({
    code: 'demo.running',
    message: `Another demo (process ${pid}) is at work in ${folder}.`,
    remedy: `Wait for it, or name another folder with --dir. If that process is no demo, delete ${join(folder, MARK)} and what else the demo left.`,
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Its folder may be a link to a place that the server's account can enter. */
async function removeDatabase(folder: string): Promise<void> {
  const data = join(folder, EMBEDDED_DATA);
  const real = await realpath(data).catch(() => undefined);
  if (real === undefined) return;
  const { stopEmbeddedPostgres } = await import('@weir/adapters-local/embedded-postgres');
  await stopEmbeddedPostgres(data);
  if (/^(weir-)?postgres-of-/.test(basename(real))) await rm(real, { recursive: true, force: true });
}

function foreign(folder: string, why: string): CommandError {
  return usageError({
    code: 'demo.foreign-folder',
    message: `The demo cannot use ${folder}: ${why}, and a demo starts by deleting what is in its folder.`,
    remedy: 'Name an empty or a new folder with --dir.',
  });
}
