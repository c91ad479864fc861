// Runs on the machine's own Node, before anything is installed: no dependencies, nothing newer than Node 20.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { explainFailedInstall } from './explain-failed-install.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The Node that the project runs on; the machine's own only starts these scripts. */
export const projectNode = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

export const PNPM = 'pnpm@10.34.8';
const stampFile = join(root, 'node_modules', '.weir-installed');
const lockFile = join(root, 'node_modules', '.weir-installing');

/**
 * Installs the dependencies unless those of this very lockfile are there already. Writes to standard error only, since
 * standard output belongs to the command. Ends the process with a sentence and exit code 69 where it cannot.
 */
export async function prepare() {
  const wanted = wantedStamp();
  if (isInstalled(wanted)) return;

  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) {
    fail(
      `Node ${process.versions.node} is too old to start this project: it needs Node 20 or newer. Install one from https://nodejs.org.`,
    );
  }
  await withInstallLock(async () => {
    if (isInstalled(wanted)) return;
    await install();
    writeFileSync(stampFile, wanted);
  });
}

function isInstalled(wanted) {
  try {
    return readFileSync(stampFile, 'utf8') === wanted && statSync(projectNode).isFile();
  } catch {
    return false;
  }
}

/** A node_modules that was installed for another platform (a shared folder, a container) does not count. */
function wantedStamp() {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}\n`);
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

async function install() {
  const started = Date.now();
  process.stderr.write('Installing the dependencies (only when they have changed; about half a minute) ...\n');
  const child = spawn('npx', ['-y', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Windows knows npx only as a .cmd file, which needs a shell.
    shell: process.platform === 'win32',
    // After `npm run --silent` everything below is silent too, also about what went wrong.
    env: { ...process.env, npm_config_loglevel: 'info', npm_config_update_notifier: 'false' },
  });
  let output = '';
  const collect = (chunk) => {
    output += chunk;
    showProgress(String(chunk));
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);

  const problem = await new Promise((resolve) => {
    child.once('error', (error) => resolve(`npx could not be started (${error.message}).`));
    child.once('close', (code, signal) =>
      resolve(code === 0 ? undefined : `pnpm ended with ${signal ?? `exit code ${code}`}.`),
    );
  });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  if (problem !== undefined) {
    process.stderr.write(`${output.trimEnd()}\n\n`);
    fail(`The dependencies could not be installed: ${problem} ${explainFailedInstall(output, root)}`);
  }
  process.stderr.write(`Installed in ${((Date.now() - started) / 1000).toFixed(0)} s.\n`);
}

function showProgress(text) {
  const last = text.match(/Progress: .*/g)?.at(-1);
  if (last !== undefined && process.stderr.isTTY) process.stderr.write(`\r\u001b[K${last}`);
}

/** Two first commands at once would install into the same folder; the second waits and finds the work done. */
async function withInstallLock(work) {
  try {
    mkdirSync(dirname(lockFile), { recursive: true });
  } catch (error) {
    fail(`The dependencies could not be installed: ${error.message}. Make the folder ${root} writable and try again.`);
  }
  while (!tryLock()) await sleep(200);
  try {
    await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

function tryLock() {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    process.once('exit', () => rmSync(lockFile, { force: true }));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') {
      fail(
        `The dependencies could not be installed: ${error.message}. Make the folder ${root} writable and try again.`,
      );
    }
    if (!isAlive(lockFile)) rmSync(lockFile, { force: true });
    return false;
  }
}

function isAlive(pidFile) {
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(69);
}
