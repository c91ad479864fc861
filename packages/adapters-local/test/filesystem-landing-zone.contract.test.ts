import { mkdir, mkdtemp, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe } from '@jest/globals';
import { landingZoneContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { FilesystemLandingZone } from '../src/filesystem/filesystem-landing-zone.ts';

const open = (land: (path: string, content: string | Uint8Array) => Promise<void>) => async () => {
  const folder = await mkdtemp(join(tmpdir(), 'weir landing '));
  return {
    landing: new FilesystemLandingZone(folder),
    put: async (key: string, content: string | Uint8Array, modifiedAt?: number) => {
      const path = join(folder, key);
      await mkdir(dirname(path), { recursive: true });
      await land(path, content);
      // Half a millisecond more, since Node hands times over as fractions.
      if (modifiedAt !== undefined) await utimes(path, (modifiedAt + 0.5) / 1000, (modifiedAt + 0.5) / 1000);
      return Math.floor(Number((await stat(path, { bigint: true })).mtimeNs / 1_000_000n));
    },
    remove: (key: string) => rm(join(folder, key)),
    close: () => rm(folder, { recursive: true }),
  };
};

const overwrite = (path: string, content: string | Uint8Array) => writeFile(path, content);

const replace = async (path: string, content: string | Uint8Array) => {
  await writeFile(`${path}.tmp`, content);
  await rename(`${path}.tmp`, path);
};

describe('where a new version is written over the old one', () => {
  runContract(landingZoneContract, 'FilesystemLandingZone', open(overwrite));
});

describe('where a new version takes the place of the old one', () => {
  runContract(landingZoneContract, 'FilesystemLandingZone', open(replace));
});
