import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** As the root scripts have it: a start takes half as long. */
const COMPILE_CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/node-compile', import.meta.url));

export interface CommandEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The one document on standard output. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look at what they expect
  json(): any;
}

export interface CommandSetting {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
}

/** The command while it runs. */
export interface RunningCommand {
  readonly child: ChildProcessWithoutNullStreams;
  readonly end: Promise<CommandEnd>;
  stdout(): string;
  stderr(): string;
  /** Waits until what was said on either stream matches. */
  says(pattern: RegExp): Promise<void>;
}

/** Starts the real command, as a person's shell would, without what this test run has in its environment. */
export function startCommand(args: readonly string[], { cwd, env, uid }: CommandSetting = {}): RunningCommand {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const said = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
      for (const listener of listeners) listener();
    });
  }
  const end = new Promise<CommandEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      for (const listener of listeners) listener();
      resolve({ code, ...said, json: () => JSON.parse(said.stdout) });
    });
  });
  const says = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (pattern.test(said.stdout + said.stderr)) resolve();
        else if (child.exitCode !== null) reject(new Error(`ended without saying ${pattern}: ${said.stderr}`));
        else return;
        listeners.delete(look);
      };
      listeners.add(look);
      look();
    });
  return { child, end, says, stdout: () => said.stdout, stderr: () => said.stderr };
}

export function runCommand(args: readonly string[], setting: CommandSetting = {}): Promise<CommandEnd> {
  return startCommand(args, setting).end;
}
