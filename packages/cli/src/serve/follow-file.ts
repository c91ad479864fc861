import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY = 250;
/** What lies further back tells of runs that ended long ago. */
const MOST_READ_AT_START = 1024 * 1024;
const CHUNK = 64 * 1024;
const LF = 10;

/** Gives each whole line of a file, and those that are added, until the signal; the file may come, be emptied or replaced. */
export async function followFile(path: string, onLine: (line: string) => void, signal: AbortSignal): Promise<void> {
  const tail = new Tail(path, onLine);
  while (!signal.aborted) {
    await tail.read();
    await sleep(LOOK_EVERY, undefined, { signal }).catch(() => undefined);
  }
}

class Tail {
  private readonly path: string;
  private readonly onLine: (line: string) => void;
  private inode: number | undefined;
  private place = 0;
  private rest: Buffer = Buffer.alloc(0);

  constructor(path: string, onLine: (line: string) => void) {
    this.path = path;
    this.onLine = onLine;
  }

  /** A file that is not there, or cannot be read just now, is looked for again the next time. */
  async read(): Promise<void> {
    const file = await open(this.path).catch(() => undefined);
    if (file === undefined) return;
    try {
      const { ino, size } = await file.stat();
      if (this.inode === undefined) this.begin(ino, Math.max(0, size - MOST_READ_AT_START));
      else if (ino !== this.inode || size < this.place) this.begin(ino, 0);
      for (;;) {
        const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(CHUNK), position: this.place });
        if (bytesRead === 0) return;
        this.place += bytesRead;
        this.take(buffer.subarray(0, bytesRead));
      }
    } catch {
    } finally {
      await file.close();
    }
  }

  private begin(inode: number, place: number): void {
    this.inode = inode;
    this.place = place;
    this.rest = Buffer.alloc(0);
  }

  private take(bytes: Buffer): void {
    const all = Buffer.concat([this.rest, bytes]);
    let start = 0;
    for (let end = all.indexOf(LF); end !== -1; end = all.indexOf(LF, start)) {
      this.onLine(all.toString('utf8', start, end));
      start = end + 1;
    }
    this.rest = all.subarray(start);
  }
}
