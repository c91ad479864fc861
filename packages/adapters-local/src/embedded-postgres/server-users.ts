import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from './running-server.ts';

/** One opening of the server. A file named after the process stands for it; files of dead processes count for nothing. */
export interface ServerUser {
  remove(): void;
  /** Whether no other living user is left. The caller holds the lock of the home. */
  isLast(): boolean;
}

export async function registerUser(home: string): Promise<ServerUser> {
  const folder = join(home, 'users');
  await mkdir(folder, { recursive: true });
  const name = `${process.pid}.${startOf(process.pid)}.${randomUUID()}`;
  await writeFile(join(folder, name), '');
  return {
    remove: () => rmSync(join(folder, name), { force: true }),
    isLast: () => {
      const others = readdirSync(folder).filter((file) => file !== name);
      for (const dead of others.filter((file) => !standsForLivingProcess(file)))
        rmSync(join(folder, dead), { force: true });
      return !others.some(standsForLivingProcess);
    },
  };
}

function standsForLivingProcess(file: string): boolean {
  const [pid, start] = file.split('.');
  return isAlive(Number(pid)) && startOf(Number(pid)) === start;
}

/**
 * When a process started, in clock ticks since boot, since numbers of dead processes are given out again. Only Linux
 * tells without another program; elsewhere the number alone counts, and at worst a server is left running.
 */
function startOf(pid: number): string {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '');
    return afterName.split(' ')[20] ?? '';
  } catch {
    return '';
  }
}
