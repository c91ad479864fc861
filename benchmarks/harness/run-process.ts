import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './places.ts';
import type { Command } from './subject.ts';

export interface Sample {
  readonly seconds: number;
  /** Peak of resident memory, megabytes. */
  readonly peak: number;
  readonly output: string;
}

const EVERY_MS = 20;
/** Looking through all processes costs more, and a JVM lives long. */
const EVERY_MS_OF_MANY = 200;
const TAIL_CHARS = 2000;

/** Runs a whole process and measures it. A process that fails is an error with its last words. */
export function runProcess(command: Command, hasChildren = false): Promise<Sample> {
  const started = performance.now();
  const child = spawn(command.program, command.args, {
    cwd: command.cwd ?? root,
    // Compiled modules are kept, as `npm run weir` does; for the peers in Node as well.
    env: { ...process.env, NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node-compile'), ...command.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const peaks = new Map<number, number>();
  const look = () => {
    const pids = child.pid === undefined ? [] : hasChildren ? familyOf(child.pid) : [child.pid];
    for (const pid of pids) peaks.set(pid, Math.max(peaks.get(pid) ?? 0, readPeak(pid)));
  };
  const timer = setInterval(look, hasChildren ? EVERY_MS_OF_MANY : EVERY_MS);
  let output = '';
  let words = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    words = (words + chunk).slice(-TAIL_CHARS);
  });
  let seconds = 0;
  child.once('exit', () => {
    seconds = (performance.now() - started) / 1000;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearInterval(timer);
      const name = [command.program, ...command.args].join(' ');
      if (code !== 0)
        return reject(new Error(`${name} ended with ${signal ?? code}:\n${words}${output.slice(-TAIL_CHARS)}`));
      const kilobytes = [...peaks.values()].reduce((sum, peak) => sum + peak, 0);
      resolve({ seconds, peak: kilobytes / 1024, output });
    });
  });
}

/** Kilobytes; 0 once the process is gone. */
function readPeak(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readProc(pid, 'status'))?.[1] ?? 0);
}

/** The process and all below it. */
function familyOf(ancestor: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    // The name of the program is in parentheses and may hold blanks.
    const parent = /\) \S (\d+)/.exec(/^\d+$/.test(name) ? readProc(Number(name), 'stat') : '')?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const belongs = (pid: number | undefined): boolean =>
    pid !== undefined && (pid === ancestor || belongs(parents.get(pid)));
  return [...parents.keys()].filter((pid) => belongs(pid));
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
