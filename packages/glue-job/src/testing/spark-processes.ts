import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, sep } from 'node:path';

export type SparkProcess = 'executor' | 'worker';

/** The ids of the executors, or of the workers' processes, of the run that works below a folder. Linux only. */
export function findSparkProcesses(folder: string, what: SparkProcess): readonly number[] {
  const mark = what === 'executor' ? 'CoarseGrainedExecutorBackend' : 'worker.mjs';
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isBelow(name, folder) && readCommand(name).includes(mark))
    .map(Number);
}

function isBelow(pid: string, folder: string): boolean {
  try {
    return readlinkSync(join('/proc', pid, 'cwd')).startsWith(folder + sep);
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
