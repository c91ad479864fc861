import { ConfigError, loadConfig } from '@weir/config';
import type { Policy } from '@weir/core';
import { type DeploymentOptions, OPTION_NAMES, parseDeploymentOptions } from '../deployment-options.ts';
import { CommandError } from './command-error.ts';

/** The options of a command as those of a deployment. @throws CommandError of wrong usage */
export async function readOptions(given: Readonly<Record<string, unknown>>): Promise<DeploymentOptions> {
  const policy = await readPolicy(given);
  try {
    const options = Object.fromEntries(OPTION_NAMES.map((name) => [name, given[name]]));
    return parseDeploymentOptions({ ...options, policy });
  } catch (error) {
    throw new CommandError(withOptionName((error as Error).message), 2);
  }
}

/** What differs from the default policy: templates hold no more. */
async function readPolicy({ config, profile }: Readonly<Record<string, unknown>>): Promise<unknown> {
  if (config === undefined && profile === undefined) return undefined;
  try {
    const file = config === undefined ? undefined : String(config);
    const named = profile === undefined ? undefined : String(profile);
    const found = await loadConfig({ folder: process.cwd(), file, profile: named });
    const entries = Object.entries(found?.policy ?? {}) as [keyof Policy, unknown][];
    return Object.fromEntries(entries.filter(([key]) => found?.policyOrigins[key].kind !== 'default'));
  } catch (error) {
    if (error instanceof ConfigError) throw new CommandError(`${error.message}\n${error.remedy}`, 2);
    throw error;
  }
}

/** `glueWorkers is ...` as whoever typed it knows it: `--glue-workers is ...`. */
function withOptionName(message: string): string {
  return message.replace(
    /^[a-z]+([A-Z][a-z]+)* is /,
    (start) => `--${start.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  );
}
