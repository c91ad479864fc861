import { existsSync } from 'node:fs';
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
  if (config === undefined && profile === undefined && !hasFile(cwd)) return undefined;
  const { loadConfig } = await import('@weir/config');
  return await loadConfig({ folder: cwd, file: config, profile });
}

function hasFile(cwd: string): boolean {
  return ['weir.config.ts', 'weir.config.json'].some((name) => existsSync(join(cwd, name)));
}
