import type { Command } from 'commander';
import type { PlaceNames } from '../ingest/choose-places.ts';
import { addResources, type ResourceOptions } from './add-resources.ts';
import { addRunEvents, type RunEventOptions } from './add-run-events.ts';
import { notEmpty } from './not-empty.ts';
import { wholeNumber } from './whole-number.ts';

/** The options that `ingest`, `watch` and `backfill` share. */
export interface PlaceOptions extends ResourceOptions, RunEventOptions, PlaceNames {
  readonly connections: 1 | 2;
}

export function addPlaces(command: Command): Command {
  addPlaceOptions(command).option(
    '--connections <number>',
    'connections over which a large run is loaded, 1 or 2',
    wholeNumber(1, 2),
    1,
  );
  return addResources(addRunEvents(command));
}

/** Each may stand in the configuration as well. */
export function addPlaceOptions(command: Command): Command {
  return addLanding(command)
    .option('--archive <place>', 'takes the files that were loaded; without it they stay', notEmpty)
    .option('--quarantine <place>', 'takes the files that were refused; without it they stay', notEmpty);
}

/** It may stand in the configuration as well. */
export function addLanding(command: Command): Command {
  return command.option(
    '--landing <place>',
    'where files land, under transactions/year=.../month=.../day=.../: a folder, or s3://bucket',
    notEmpty,
  );
}
