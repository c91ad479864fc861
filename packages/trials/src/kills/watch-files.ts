import fs from 'node:fs';
import promises, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { killAt } from './kill-at.ts';
import type { ExternalCall, MomentOf } from './kill-point.ts';

const READING = ['access', 'open', 'opendir', 'readdir', 'readFile', 'realpath', 'stat', 'lstat'];
const CHANGING = ['copyFile', 'link', 'mkdir', 'rename', 'rm', 'unlink', 'utimes', 'writeFile'];
const CHANGING_AT_ONCE = ['unlinkSync'];
const OF_HANDLES = ['read', 'readv', 'stat', 'sync', 'datasync', 'close', 'write', 'writeFile'];

/** Counts the calls on files below a folder, and on what was opened there. */
export async function watchFiles(folder: string, momentOf: MomentOf): Promise<void> {
  const isOurs = (args: readonly unknown[]) => args.some((arg) => typeof arg === 'string' && arg.startsWith(folder));
  const opened = new WeakSet<FileHandle>();
  const handles = Object.getPrototypeOf(await openAny());
  for (const name of [...READING, ...CHANGING]) watch(promises, name, CHANGING.includes(name));
  for (const name of ['statSync', ...CHANGING_AT_ONCE]) watch(fs, name, CHANGING_AT_ONCE.includes(name));
  for (const name of OF_HANDLES) {
    killAt(handles, name, momentOf, (self) =>
      opened.has(self as FileHandle) ? describe(`file ${name}`, name.startsWith('write')) : undefined,
    );
  }
  rememberOpened();
  syncBuiltinESMExports();

  function watch(target: object, name: string, changes: boolean): void {
    killAt(target, name, momentOf, (_, args) => (isOurs(args) ? describe(`fs ${name}`, changes) : undefined));
  }

  function rememberOpened(): void {
    const { open } = promises;
    promises.open = async (...args) => {
      const handle = await open(...args);
      if (isOurs(args)) opened.add(handle);
      return handle;
    };
  }
}

/** Any handle, for its class, which Node does not export. */
async function openAny(): Promise<FileHandle> {
  const handle = await promises.open(process.execPath);
  await handle.close();
  return handle;
}

function describe(name: string, changes: boolean): ExternalCall {
  return { name, changes, lasts: changes };
}
