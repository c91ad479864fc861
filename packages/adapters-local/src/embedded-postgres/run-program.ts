import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerAccount } from './server-account.ts';

export interface ProgramResult {
  readonly code: number;
  /** Standard output and error, mixed as they came. */
  readonly output: string;
}

/** Runs one of Postgres's programs to its end. It is killed after `timeoutMs`; its code is then -1. */
export async function runProgram(
  program: string,
  args: readonly string[],
  { account, cwd, timeoutMs }: { account: ServerAccount; cwd: string; timeoutMs: number },
): Promise<ProgramResult> {
  const child = spawn(program, args, {
    ...account,
    cwd,
    env: environment(),
    // A session of its own: a Ctrl-C in the terminal must reach us, not a server that is starting or stopping.
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? -1, output }));
  });
}

/** What a program aims at often shows before it ends: pg_ctl looks every 100 ms only. Its result, or what showed first. */
export async function firstOf<T>(
  program: Promise<ProgramResult>,
  look: () => T | undefined,
): Promise<T | ProgramResult> {
  let result: ProgramResult | undefined;
  const end = program.then((ended) => {
    result = ended;
  });
  for (;;) {
    const seen = look();
    if (seen !== undefined) return seen;
    if (result !== undefined) return result;
    await Promise.race([end, sleep(10)]);
  }
}

/** Nothing of the caller's: PG* variables would change what the programs do, and secrets are none of their business. */
function environment(): NodeJS.ProcessEnv {
  if (process.platform === 'win32') {
    return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^PG/i.test(name)));
  }
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}
