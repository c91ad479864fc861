import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, sep } from 'node:path';

export type SparkProcess = keyof typeof MARKS;

/** A part of the command by which each is known. */
const MARKS = { executor: 'CoarseGrainedExecutorBackend', worker: 'worker.mjs', job: 'job.mjs' } as const;

/** The ids of the processes of the run that works in a folder and below it. Linux only. */
export function findSparkProcesses(folder: string, what: SparkProcess): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isBelow(name, folder) && readCommand(name).includes(MARKS[what]))
    .map(Number);
}

function isBelow(pid: string, folder: string): boolean {
  try {
    return `${readlinkSync(join('/proc', pid, 'cwd'))}${sep}`.startsWith(folder + sep);
  } catch {
    return false;
  }
}

function readCommand(pid: string): string {
  try {
    return readFileSync(join('/proc', pid, 'cmdline'), 'utf8');
  } catch {
    return '';
  }
}
