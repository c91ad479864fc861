import type { Command } from 'commander';
import { notEmpty } from './not-empty.ts';
import { requireOption } from './require-option.ts';
import { wholeNumber } from './whole-number.ts';

/** The options that `ingest` and `watch` share. */
export interface PlaceOptions {
  readonly landing: string;
  readonly archive?: string | undefined;
  readonly quarantine?: string | undefined;
  readonly batchSize: number;
}

const DEFAULT_BATCH_SIZE = 1024;
const MOST_ROWS_A_BATCH = 65_536;

export function addPlaces(command: Command): Command {
  requireOption(command, '--landing <folder>');
  return command
    .option('--landing <folder>', 'where files land, under transactions/year=.../month=.../day=.../', notEmpty)
    .option('--archive <folder>', 'takes the files that were loaded; without it they stay', notEmpty)
    .option('--quarantine <folder>', 'takes the files that were refused; without it they stay', notEmpty)
    .option(
      '--batch-size <rows>',
      `rows between validation and join, 1 to ${MOST_ROWS_A_BATCH}`,
      wholeNumber(1, MOST_ROWS_A_BATCH),
      DEFAULT_BATCH_SIZE,
    );
}
