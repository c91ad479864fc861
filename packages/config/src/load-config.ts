import { ConfigError } from './config-error.ts';
import { findConfigFile } from './find-config-file.ts';
import { readConfigFile } from './read-config-file.ts';
import { type Configuration, resolveConfig } from './resolve-config.ts';

export interface LoadConfigOptions {
  /** Where a file is looked for, and from where its name is meant. */
  readonly folder: string;
  readonly file?: string | undefined;
  readonly profile?: string | undefined;
}

/**
 * The configuration that is named, else that of the folder; undefined where there is none.
 *
 * @throws ConfigError
 */
export async function loadConfig({ folder, file, profile }: LoadConfigOptions): Promise<Configuration | undefined> {
  const path = await findConfigFile(folder, file);
  if (path !== undefined) return resolveConfig(path, await readConfigFile(path), profile);
  if (profile === undefined) return undefined;
  throw new ConfigError({
    code: 'config.unknown-profile',
    message: `There is no profile ${JSON.stringify(profile)}: there is neither weir.config.ts nor weir.config.json in ${folder}.`,
    remedy: 'Go where the configuration is, or name it with --config.',
  });
}
