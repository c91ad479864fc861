import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface RunningServer {
  readonly pid: number;
  readonly port: number;
}

/**
 * The server of this directory if one runs. Waits for one that is starting, recovering or stopping, whose starter or
 * stopper was killed. Asks the port too, since a process number may belong to somebody else after a restart.
 */
export async function runningServer(home: string, patienceMs = 120_000): Promise<RunningServer | undefined> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const found = readServerFile(home);
    if (found === undefined || !isAlive(found.pid) || !(await answers(found.port))) return undefined;
    if (found.status === 'ready' || Date.now() > deadline) return { pid: found.pid, port: found.port };
    await sleep(20);
  }
}

/** What the server wrote about itself: line 1 is its process, 4 its port, 8 its state. */
export function readServerFile(home: string): (RunningServer & { readonly status: string }) | undefined {
  try {
    const lines = readFileSync(join(home, 'data', 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7] ?? '').trim() };
  } catch {
    return undefined;
  }
}

/** A process of another user counts as alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether a Postgres server is there: it must answer the question for encryption. A dying one still takes connections. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 5000 });
    const settle = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => socket.write(sslRequest));
    socket.once('data', settle(true));
    for (const event of ['error', 'timeout', 'close']) socket.once(event, settle(false));
  });
}

/** https://www.postgresql.org/docs/17/protocol-message-formats.html: its length, then 1234 and 5679. */
const sslRequest = Uint8Array.of(0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f);
