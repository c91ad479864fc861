import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Configuration } from '@weir/config';
import type { GlobalOptions } from '../command-line/global-options.ts';

/**
 * The configuration that is named, else that of this folder. Where there is none, nothing of it is loaded.
 *
 * @throws ConfigError
 */
export async function loadConfiguration(
  { config, profile }: Pick<GlobalOptions, 'config' | 'profile'>,
  cwd: string,
): Promise<Configuration | undefined> {
  if (config === undefined && profile === undefined && !(await hasFile(cwd))) return undefined;
  const { loadConfig } = await import('@weir/config');
  return await loadConfig({ folder: cwd, file: config, profile });
}

async function hasFile(cwd: string): Promise<boolean> {
  const looks = ['weir.config.ts', 'weir.config.json'].map((name) => access(join(cwd, name)));
  return (await Promise.allSettled(looks)).some(({ status }) => status === 'fulfilled');
}
