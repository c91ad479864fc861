import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Another process that uses the embedded server of a directory. */
export interface UserProcess {
  readonly connectionString: string;
  readonly process: ChildProcess;
  /** Makes it close the server, or end without closing; resolves when it is gone. */
  end(how: 'close' | 'exit-without-closing'): Promise<void>;
  kill(): Promise<void>;
}

const program = fileURLToPath(new URL('./user-program.ts', import.meta.url));

/** Rejects with what the process wrote if it could not open the server. */
export async function startUserProcess(dataDirectory: string, account: { uid?: number } = {}): Promise<UserProcess> {
  const child = spawn(process.execPath, [program, dataDirectory], {
    ...account,
    cwd: '/',
    // A group of its own, so that a test can send to it what a terminal sends on Ctrl-C.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const gone = once(child, 'exit');
  const firstLine = once(createInterface(child.stdout), 'line');
  const line = await Promise.race([firstLine, once(child, 'close').then(() => undefined)]);
  if (line === undefined) throw new Error(said);
  return {
    connectionString: line[0],
    process: child,
    end: async (how) => {
      child.stdin.write(`${how}\n`);
      await gone;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
