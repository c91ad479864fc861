import { chmod, mkdir, mkdtemp, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface TemporaryFolder {
  readonly path: string;
  in(...names: string[]): string;
  write(name: string, content: string | Uint8Array): Promise<string>;
  /** Paths of all files below a folder. */
  files(name: string): Promise<string[]>;
  has(name: string): Promise<boolean>;
  remove(): Promise<void>;
}

/** Enterable by everybody: an embedded server runs as another account where tests run as root. */
export async function openTemporaryFolder(): Promise<TemporaryFolder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'weir-cli-')));
  await chmod(path, 0o755);
  const at = (...names: string[]) => join(path, ...names);
  return {
    path,
    in: at,
    write: async (name, content) => {
      await mkdir(dirname(at(name)), { recursive: true });
      await writeFile(at(name), content);
      return at(name);
    },
    files: async (name) => {
      const entries = await readdir(at(name), { recursive: true, withFileTypes: true }).catch(() => []);
      const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
      return files.map((file) => file.slice(at(name).length + 1)).sort();
    },
    has: (name) =>
      stat(at(name)).then(
        () => true,
        () => false,
      ),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}
