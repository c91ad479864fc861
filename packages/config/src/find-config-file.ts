import { access } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { ConfigError } from './config-error.ts';

export const CONFIG_FILES = ['weir.config.ts', 'weir.config.json'] as const;

/**
 * The path of the file that is named, else of the one in the folder; undefined where there is none.
 *
 * @throws ConfigError `config.ambiguous`
 */
export async function findConfigFile(folder: string, named?: string): Promise<string | undefined> {
  if (named !== undefined) return resolve(folder, named);
  const found: string[] = [];
  for (const path of CONFIG_FILES.map((name) => join(folder, name))) {
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      found.push(path);
  }
  if (found.length < 2) return found[0];
  throw new ConfigError({
    code: 'config.ambiguous',
    message: `There are ${found.map((path) => basename(path)).join(' and ')} in ${folder}: which of them counts is not clear.`,
    remedy: 'Remove one of them, or name one with --config.',
  });
}
