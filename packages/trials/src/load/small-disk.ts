import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A disk of its own with little room on it. */
export class SmallDisk {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** @returns why there can be none: to mount a disk one must be root, on Linux */
  static async open(path: string, kibibytes: number): Promise<SmallDisk | string> {
    await mkdir(path, { recursive: true });
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k,mode=0777`, 'weir-trial', path]);
      return new SmallDisk(path);
    } catch (error) {
      return `no disk can be mounted here (${(error as Error).message.trim().split('\n').at(-1)})`;
    }
  }

  /** Leaves no room at all. */
  async fill(): Promise<void> {
    const full = await writeFile(join(this.path, '.ballast'), new Uint8Array(1 << 28)).catch((error) => error);
    if (full?.code !== 'ENOSPC') throw new Error(`The disk at ${this.path} is not full.`);
  }

  async makeRoom(): Promise<void> {
    await rm(join(this.path, '.ballast'));
  }

  async close(): Promise<void> {
    await run('umount', [this.path]);
  }
}
