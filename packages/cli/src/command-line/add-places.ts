import type { Command } from 'commander';
import { addResources, type ResourceOptions } from './add-resources.ts';
import { notEmpty } from './not-empty.ts';
import { requireOption } from './require-option.ts';
import { wholeNumber } from './whole-number.ts';

/** The options that `ingest` and `watch` share. */
export interface PlaceOptions extends ResourceOptions {
  readonly landing: string;
  readonly archive?: string | undefined;
  readonly quarantine?: string | undefined;
  readonly connections: 1 | 2;
}

export function addPlaces(command: Command): Command {
  requireOption(command, '--landing <folder>');
  command
    .option('--landing <folder>', 'where files land, under transactions/year=.../month=.../day=.../', notEmpty)
    .option('--archive <folder>', 'takes the files that were loaded; without it they stay', notEmpty)
    .option('--quarantine <folder>', 'takes the files that were refused; without it they stay', notEmpty)
    .option('--connections <number>', 'connections over which a large run is loaded, 1 or 2', wholeNumber(1, 2), 1);
  return addResources(command);
}
