import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, sep } from 'node:path';

export type SparkProcess = keyof typeof MARKS;

/** By which words of its command each is known: a program of ours is what Node was started with, behind its options. */
const MARKS = {
  executor: (words: readonly string[]) => words.some((word) => word.endsWith('.CoarseGrainedExecutorBackend')),
  worker: (words: readonly string[]) => programOf(words)?.endsWith('worker.mjs') === true,
  job: (words: readonly string[]) => programOf(words)?.endsWith('job.mjs') === true,
} as const;

function programOf([, ...words]: readonly string[]): string | undefined {
  return words.find((word) => !word.startsWith('--'));
}

/** The ids of the processes of the run that works in a folder and below it. Linux only. */
export function findSparkProcesses(folder: string, what: SparkProcess): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isBelow(name, folder) && MARKS[what](readCommand(name)))
    .map(Number);
}

function isBelow(pid: string, folder: string): boolean {
  try {
    return `${readlinkSync(join('/proc', pid, 'cwd'))}${sep}`.startsWith(folder + sep);
  } catch {
    return false;
  }
}

function readCommand(pid: string): readonly string[] {
  try {
    return readFileSync(join('/proc', pid, 'cmdline'), 'utf8').split('\0');
  } catch {
    return [];
  }
}
