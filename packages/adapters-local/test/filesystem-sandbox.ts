import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LandedFile, LandingZone } from '@weir/core';

/** A folder of a test with a landing and an archive folder in it. */
export interface Sandbox {
  readonly root: string;
  readonly landing: string;
  readonly archive: string;
  /** Writes a file at a path below the root, with its folders. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** All files below a path of the root, by their paths below it. */
  read(path: string): Promise<Readonly<Record<string, string>>>;
  close(): Promise<void>;
}

export async function openSandbox(): Promise<Sandbox> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'weir-test-')));
  await chmod(root, 0o755);
  const sandbox: Sandbox = {
    root,
    landing: join(root, 'landing'),
    archive: join(root, 'archive'),
    write: async (path, content) => {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    },
    read: async (path) => {
      const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true }).catch(() => []);
      const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
      const contents = files.map(async (file) => [relative(join(root, path), file), await readFile(file, 'utf8')]);
      return Object.fromEntries(await Promise.all(contents));
    },
    close: () => rm(root, { recursive: true, force: true }),
  };
  await mkdir(sandbox.landing);
  return sandbox;
}

export async function listFiles(landing: LandingZone): Promise<readonly LandedFile[]> {
  const files: LandedFile[] = [];
  for await (const page of landing.list()) files.push(...page);
  return files;
}

export function hashOf(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** Resolves with what a call failed with. */
export async function failureOf(call: () => Promise<unknown>): Promise<{ code?: string; message: string }> {
  try {
    await call();
  } catch (error) {
    return error as Error;
  }
  throw new Error('It did not fail.');
}

const ENTRY = fileURLToPath(new URL('../src/index.ts', import.meta.url));

/**
 * Runs statements in a child process that is not root (root has every permission) and returns what they return. The
 * adapters are in scope as `adapters`.
 */
export function runAsPlainUser<Value>(statements: string): Value {
  const script = `import * as adapters from ${JSON.stringify(ENTRY)};
    const act = async () => { ${statements} };
    const outcome = await act().catch(({ code, message }) => ({ code, message }));
    process.stdout.write(JSON.stringify(outcome));`;
  const isRoot = process.getuid?.() === 0;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    cwd: tmpdir(),
    ...(isRoot ? { uid: 65_534, gid: 65_534 } : {}),
  });
  if (status !== 0) throw new Error(`The child process failed: ${stderr}`);
  return JSON.parse(stdout) as Value;
}
