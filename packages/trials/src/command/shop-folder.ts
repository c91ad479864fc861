import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { PlacedFile } from '../invariants/index.ts';

export interface ShopFile {
  readonly key: string;
  readonly content: string | Uint8Array;
  /** Of the last modification; a field of the version of its rows. */
  readonly modifiedAt: Date;
}

const PLACES = ['landing', 'archive', 'quarantine'] as const;
type Place = (typeof PLACES)[number];

/** The three places of a shop below one folder. */
export class ShopFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** As `weir` takes them. */
  get placeOptions(): readonly string[] {
    return PLACES.flatMap((place) => [`--${place}`, this.in(place)]);
  }

  in(...names: readonly string[]): string {
    return join(this.path, ...names);
  }

  async deliver(files: readonly ShopFile[]): Promise<void> {
    await mkdir(this.in('landing'), { recursive: true });
    for (const { key, content, modifiedAt } of files) {
      const path = this.in('landing', key);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      await utimes(path, modifiedAt, modifiedAt);
    }
  }

  /** The files of a place that have their names; what is still being written has another one. */
  async placed(place: Place): Promise<readonly PlacedFile[]> {
    const folder = this.in(place);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const paths = entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.weir-copy-'))
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort();
    return Promise.all(
      paths.map(async (path) => ({ key: relative(folder, path), contentHash: hashOf(await readFile(path)) })),
    );
  }

  /** What lies where. */
  async contents(): Promise<string> {
    return JSON.stringify(await Promise.all(PLACES.map((place) => this.placed(place))));
  }
}

export function toPlaced({ key, content }: ShopFile): PlacedFile {
  return { key, contentHash: hashOf(content) };
}

function hashOf(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
