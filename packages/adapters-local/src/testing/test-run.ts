import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stopEmbeddedPostgres } from '../embedded-postgres/open-embedded-postgres.ts';
import { removeContainersOf } from './remove-containers-of.ts';

/**
 * What all test files of one jest run share lives in one folder, whose name workers inherit in the environment. It comes
 * into being with the first test that needs it, so a run of pure tests pays nothing.
 */
const variable = 'WEIR_TEST_RUN_FOLDER';

/** For jest's globalSetup. */
export function nameTestRun(): void {
  process.env[variable] = join(tmpdir(), `weir-test-run-${process.pid}-${randomBytes(4).toString('hex')}`);
}

/** For jest's globalTeardown: nothing is left running or on disk. */
export async function endTestRun(folder = process.env[variable]): Promise<void> {
  if (folder === undefined || !existsSync(folder)) return;
  await Promise.all([removeContainersOf(folder), stopEmbeddedPostgres(join(folder, 'postgres'))]);
  await rm(folder, { recursive: true, force: true });
}

/** The folder of this run; exists when this returns. Throws outside jest. */
export async function testRunFolder(): Promise<string> {
  const folder = process.env[variable];
  if (folder === undefined) {
    throw new Error(
      `${variable} is not set: test databases can only be opened in a run of jest, started with npm test.`,
    );
  }
  await mkdir(folder, { recursive: true, mode: 0o711 });
  if (await isFirst(folder, 'warden')) postWarden(folder);
  return folder;
}

/** Whether this is the first call in the whole run with this name, over all workers. */
export async function isFirst(folder: string, name: string): Promise<boolean> {
  return await writeFile(join(folder, name), '', { flag: 'wx' }).then(
    () => true,
    () => false,
  );
}

/** A killed or interrupted jest runs no teardown: a process outside its group watches over it. */
function postWarden(folder: string): void {
  const program = fileURLToPath(new URL('./test-run-warden.ts', import.meta.url));
  const runner = folder.match(/weir-test-run-(\d+)-/)?.[1] ?? '';
  spawn(process.execPath, [program, folder, runner], { detached: true, stdio: 'ignore', cwd: tmpdir() }).unref();
}
