import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileStoreContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { FilesystemFileStore } from '../src/filesystem/filesystem-file-store.ts';
import { FilesystemLandingZone } from '../src/filesystem/filesystem-landing-zone.ts';

runContract(fileStoreContract, 'FilesystemFileStore', async () => {
  const root = await mkdtemp(join(tmpdir(), 'weir store '));
  const [landingFolder, folder] = [join(root, 'landing'), join(root, 'kept', 'elsewhere')];
  const landing = new FilesystemLandingZone(landingFolder);
  return {
    store: new FilesystemFileStore({ folder, landingFolder }),
    land: async (key, content) => {
      await write(join(landingFolder, key), content);
      for await (const page of landing.list()) {
        const file = page.find((listed) => listed.key === key);
        if (file !== undefined) return file;
      }
      throw new Error(`${key} is not listed.`);
    },
    landed: async (key) => readFile(join(landingFolder, key)).catch(() => undefined),
    unland: (key) => rm(join(landingFolder, key)),
    putStored: (path, content) => write(join(folder, path), content),
    stored: async () => {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
      const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
      const toKey = (path: string) => relative(folder, path).split(sep).join('/');
      return new Map(await Promise.all(paths.map(async (path) => [toKey(path), await readFile(path)] as const)));
    },
    close: () => rm(root, { recursive: true }),
  };
});

async function write(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
