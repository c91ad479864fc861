import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PortError, type StageWriter } from '@weir/core';
import { systemCodeOf, toFileFault } from './file-fault.ts';
import { makeFolder } from './make-folder.ts';
import { WriteBehind } from './write-behind.ts';

const NAMES = ['rows.tsv', 'rejects.tsv'] as const;

/**
 * Staged text in two files of a folder. Until `keep` they lie there under other names, so that a file of the right name is
 * always whole.
 */
export class StagedTextFiles implements StageWriter {
  readonly folder: string;
  readonly #handles: readonly FileHandle[];
  readonly #files: readonly WriteBehind[];

  private constructor(folder: string, handles: readonly FileHandle[]) {
    this.folder = folder;
    this.#handles = handles;
    this.#files = handles.map((handle) => new WriteBehind(handle));
  }

  /**
   * @param folder is made where it is missing
   * @throws PortError `output.exists` where one of the files is there already, `output.unwritable`
   */
  static async open(folder: string): Promise<StagedTextFiles> {
    return translate(folder, async () => {
      await makeFolder(folder);
      for (const name of NAMES) await requireFree(join(folder, name));
      const handles: FileHandle[] = [];
      for (const name of NAMES) handles.push(await open(unfinished(folder, name), 'w'));
      return new StagedTextFiles(folder, handles);
    });
  }

  writeRows(lines: Uint8Array): Promise<void> {
    return this.#write(0, lines);
  }

  writeRejects(lines: Uint8Array): Promise<void> {
    return this.#write(1, lines);
  }

  /** Returns the paths of rows and rejects. */
  async keep(): Promise<readonly string[]> {
    return translate(this.folder, async () => {
      for (const file of this.#files) await file.flush();
      await this.#close();
      for (const name of NAMES) await rename(unfinished(this.folder, name), join(this.folder, name));
      return NAMES.map((name) => join(this.folder, name));
    });
  }

  /** Leaves nothing behind but the folder. */
  async discard(): Promise<void> {
    for (const file of this.#files) await file.flush().catch(() => undefined);
    await this.#close();
    for (const name of NAMES) await rm(unfinished(this.folder, name), { force: true });
  }

  async #write(place: number, lines: Uint8Array): Promise<void> {
    await translate(this.folder, () => this.#files[place]!.write(lines));
  }

  async #close(): Promise<void> {
    for (const handle of this.#handles) await handle.close();
  }
}

function unfinished(folder: string, name: string): string {
  return join(folder, `${name}.part`);
}

async function requireFree(path: string): Promise<void> {
  try {
    await (await open(path, 'r')).close();
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return;
    throw error;
  }
  throw new PortError({
    code: 'output.exists',
    message: `${path} is there already, and nothing is overwritten.`,
    remedy: 'Name another folder, or remove the file.',
    context: { path },
  });
}

async function translate<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toFileFault(error, 'output.unwritable', `The folder ${folder} cannot be written to`, folder);
  }
}
