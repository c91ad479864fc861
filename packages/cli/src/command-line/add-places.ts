import type { Command } from 'commander';
import { addResources, type ResourceOptions } from './add-resources.ts';
import { notEmpty } from './not-empty.ts';
import { requireOption } from './require-option.ts';

/** The options that `ingest` and `watch` share. */
export interface PlaceOptions extends ResourceOptions {
  readonly landing: string;
  readonly archive?: string | undefined;
  readonly quarantine?: string | undefined;
}

export function addPlaces(command: Command): Command {
  requireOption(command, '--landing <folder>');
  command
    .option('--landing <folder>', 'where files land, under transactions/year=.../month=.../day=.../', notEmpty)
    .option('--archive <folder>', 'takes the files that were loaded; without it they stay', notEmpty)
    .option('--quarantine <folder>', 'takes the files that were refused; without it they stay', notEmpty);
  return addResources(command);
}
