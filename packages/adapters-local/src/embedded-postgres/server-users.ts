import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './running-server.ts';

/**
 * One opening of the server. A file named after the process stands for it; files of dead processes count for nothing. It is
 * there before the lock of the home is looked at: who takes the lock later sees it.
 */
export interface ServerUser {
  remove(): void;
  /** Whether no other living user is left. It stays so only while the lock of the home is held. */
  isLast(): boolean;
}

export function registerUser(home: string): ServerUser {
  const folder = join(home, 'users');
  mkdirSync(folder, { recursive: true });
  const name = `${process.pid}.${startOf(process.pid)}.${randomUUID()}`;
  writeFileSync(join(folder, name), '');
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
