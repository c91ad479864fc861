import { type DeploymentOptions, OPTION_NAMES, parseDeploymentOptions } from '../deployment-options.ts';
import { CommandError } from './command-error.ts';

/** The options of a command as those of a deployment. @throws CommandError of wrong usage */
export function readOptions(given: Readonly<Record<string, unknown>>): DeploymentOptions {
  try {
    return parseDeploymentOptions(Object.fromEntries(OPTION_NAMES.map((name) => [name, given[name]])));
  } catch (error) {
    throw new CommandError((error as Error).message, 2);
  }
}
