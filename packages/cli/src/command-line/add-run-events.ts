import { type Command, InvalidArgumentError } from 'commander';
import { checkLineageUrl, isUrl } from '../events/lineage-target.ts';
import { notEmpty } from './not-empty.ts';

/** Where programs are told what runs do. Taken by every command that makes runs. */
export interface RunEventOptions {
  readonly events?: string | undefined;
  readonly openlineage?: string | undefined;
}

export function addRunEvents(command: Command): Command {
  return command
    .option('--events <file>', 'appends what happens, one JSON line an event', notEmpty)
    .option('--openlineage <file|url>', 'tells runs to OpenLineage (or OPENLINEAGE_URL in the environment)', fileOrUrl);
}

function fileOrUrl(value: string): string {
  notEmpty(value);
  try {
    if (isUrl(value)) checkLineageUrl(value);
    return value;
  } catch (error) {
    throw new InvalidArgumentError(`${(error as Error).message}.`);
  }
}
