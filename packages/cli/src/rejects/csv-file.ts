import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { CommandError } from '../errors/command-error.ts';

/** A file that lies under another name until it is whole. */
export class CsvFile {
  readonly path: string;
  readonly #handle: FileHandle;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /** @throws CommandError `output.exists`; errors of the operating system */
  static async open(path: string): Promise<CsvFile> {
    await requireFree(path);
    return new CsvFile(path, await open(unfinished(path), 'w').catch(nameAs(path)));
  }

  /** Not for concurrent use. */
  async write(text: string): Promise<void> {
    await this.#handle.writeFile(text);
  }

  async keep(): Promise<void> {
    await this.#handle.close();
    await requireFree(this.path);
    await rename(unfinished(this.path), this.path).catch(nameAs(this.path));
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await rm(unfinished(this.path), { force: true });
  }
}

/** Has an error tell the name that was asked for, not ours. */
function nameAs(path: string): (error: Error) => never {
  return (error) => {
    throw Object.assign(error, { path });
  };
}

function unfinished(path: string): string {
  return `${path}.part`;
}

async function requireFree(path: string): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined) return;
  throw new CommandError({
    code: 'output.exists',
    message: `${path} is there already, and nothing is overwritten.`,
    remedy: 'Name another file, or remove it.',
  });
}
