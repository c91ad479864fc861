import { join } from 'node:path';
import { usageError } from '../errors/command-error.ts';

export type DatabaseChoice =
  | { readonly kind: 'url'; readonly url: string; readonly from: string }
  /** The server that comes with Weir, with its data in a folder. */
  | { readonly kind: 'embedded'; readonly dataDirectory: string };

/** Where the embedded server keeps its data, below the folder in which Weir is called. */
export const EMBEDDED_DATA = join('.weir', 'postgres');

/** @throws CommandError `usage.database-url` */
export function chooseDatabase(option: string | undefined, env: NodeJS.ProcessEnv, cwd: string): DatabaseChoice {
  if (option !== undefined) return checked(option, '--database-url');
  // An empty variable is how many tools unset one.
  if (env.WEIR_DATABASE_URL) return checked(env.WEIR_DATABASE_URL, 'WEIR_DATABASE_URL');
  return { kind: 'embedded', dataDirectory: join(cwd, EMBEDDED_DATA) };
}

/** For messages: never with a password, wherever in the address it stands. */
export function showDatabase(choice: DatabaseChoice): string {
  if (choice.kind === 'embedded') return `the embedded database in ${choice.dataDirectory}`;
  const { protocol, username, password, host, pathname } = new URL(choice.url);
  const user = password === '' ? username : `${username}:***`;
  return `${protocol}//${user === '' ? '' : `${user}@`}${host}${pathname}`;
}

function checked(url: string, from: string): DatabaseChoice {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol === 'postgres:' || protocol === 'postgresql:') return { kind: 'url', url, from };
  throw usageError({
    code: 'usage.database-url',
    // It is not repeated: where a password stands in what is no address, nobody can tell.
    message: `${from} is not the address of a Postgres database: it does not begin with postgres://, or cannot be read.`,
    remedy:
      'Write it as postgres://user:password@host:5432/database, with @ : / and ? in the password as %40 %3A %2F %3F; ' +
      'or leave it out to use the embedded database.',
  });
}
