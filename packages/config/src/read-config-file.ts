import { extname } from 'node:path';
import { checkConfig } from './check-config.ts';
import { ConfigError } from './config-error.ts';
import type { ConfigFile } from './config-schema.ts';
import { importConfigModule } from './import-config-module.ts';
import { parseJsonConfig } from './parse-json-config.ts';
import { readConfigText } from './read-config-text.ts';

/**
 * What a file says, checked as a whole with every profile.
 *
 * @throws ConfigError `config.unreadable`, `config.not-json`, `config.not-loadable`, `config.invalid`
 */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  const ending = extname(path).toLowerCase();
  const text = await readConfigText(path);
  if (ending === '.ts') return checkConfig(path, await importConfigModule(path));
  if (ending === '.json') {
    const { value, placeOf } = parseJsonConfig(path, text);
    return checkConfig(path, value, placeOf);
  }
  throw new ConfigError({
    code: 'config.unreadable',
    message: `The configuration ${path} cannot be read: its name ends neither with .json nor with .ts.`,
    remedy: 'Name it weir.config.json, or weir.config.ts where it is TypeScript.',
  });
}
