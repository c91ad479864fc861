import { availableParallelism, totalmem } from 'node:os';
import type { Command } from 'commander';
import { wholeNumber } from './whole-number.ts';

/** What reading rows may take of the machine. */
export interface ResourceOptions {
  /** Threads that read rows; 1 is the main thread. */
  readonly threads: number;
  /** Rows between validation and join. */
  readonly batchSize: number;
  /** Megabytes that the dimensions may take. */
  readonly dimensionMemory: number;
}

const MOST_THREADS = 64;
const MOST_ROWS_A_BATCH = 65_536;
const MEBIBYTE = 1024 * 1024;
const MOST_MEBIBYTES = 1024 * 1024;

export const DEFAULT_RESOURCES: ResourceOptions = {
  threads: Math.min(availableParallelism(), MOST_THREADS),
  batchSize: 256,
  dimensionMemory: halfOfMemory(),
};

export function addResources(command: Command): Command {
  return command
    .option(
      '--threads <number>',
      `threads that read the rows of a large file, 1 to ${MOST_THREADS}`,
      wholeNumber(1, MOST_THREADS),
      DEFAULT_RESOURCES.threads,
    )
    .option(
      '--batch-size <rows>',
      `rows between validation and join, 1 to ${MOST_ROWS_A_BATCH}`,
      wholeNumber(1, MOST_ROWS_A_BATCH),
      DEFAULT_RESOURCES.batchSize,
    )
    .option(
      '--dimension-memory <MB>',
      'the most memory that products and customers may take; by default half of what there is',
      wholeNumber(1, MOST_MEBIBYTES),
      DEFAULT_RESOURCES.dimensionMemory,
    );
}

/** Megabytes, of the machine or of the container that the process lives in. */
function halfOfMemory(): number {
  const limit = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  return Math.max(1, Math.floor(Math.min(totalmem(), limit) / 2 / MEBIBYTE));
}
