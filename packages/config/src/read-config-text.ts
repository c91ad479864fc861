import { readFile } from 'node:fs/promises';
import { ConfigError } from './config-error.ts';

/** @throws ConfigError `config.unreadable` */
export async function readConfigText(path: string): Promise<string> {
  try {
    // A byte order mark is none of JSON's business.
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ConfigError({
      code: 'config.unreadable',
      message: `The configuration ${path} cannot be read: ${reasons[code ?? ''] ?? message}.`,
      remedy:
        'Name a readable file with --config, or leave it out to use weir.config.ts or weir.config.json of this folder.',
      cause: error,
    });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'there is no permission',
};
