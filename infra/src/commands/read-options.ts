import { readFileSync } from 'node:fs';
import { type DeploymentOptions, OPTION_NAMES, parseDeploymentOptions } from '../deployment-options.ts';
import { CommandError } from './command-error.ts';

/** The options of a command as those of a deployment. @throws CommandError of wrong usage */
export function readOptions(given: Readonly<Record<string, unknown>>): DeploymentOptions {
  const policy = given.config === undefined ? undefined : readPolicy(String(given.config));
  try {
    const options = Object.fromEntries(OPTION_NAMES.map((name) => [name, given[name]]));
    return parseDeploymentOptions({ ...options, policy });
  } catch (error) {
    throw new CommandError(withOptionName((error as Error).message), 2);
  }
}

function readPolicy(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new CommandError(
      `The policy ${path} cannot be read: ${(error as Error).message}. Name a JSON file with --config, or leave it out.`,
      2,
    );
  }
}

/** `glueWorkers is ...` as whoever typed it knows it: `--glue-workers is ...`. */
function withOptionName(message: string): string {
  return message.replace(
    /^[a-z]+([A-Z][a-z]+)* is /,
    (start) => `--${start.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  );
}
