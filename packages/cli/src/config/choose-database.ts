import { join } from 'node:path';
import type { Configuration, DatabaseSetting } from '@weir/config';
import type { Session } from '../session.ts';
import { checkDatabaseUrl } from './check-database-url.ts';
import type { SettingSource } from './setting-source.ts';

export type DatabaseChoice = (
  | { readonly kind: 'url'; readonly url: string }
  /** The server that comes with Weir, with its data in a folder. */
  | { readonly kind: 'embedded'; readonly dataDirectory: string }
  | { readonly kind: 'redshift'; readonly redshift: RedshiftSetting }
) & { readonly from: SettingSource };

export type RedshiftSetting = NonNullable<DatabaseSetting['redshift']>;

/** Where the embedded server keeps its data, below the folder in which Weir is called. */
export const EMBEDDED_DATA = join('.weir', 'postgres');

/**
 * What the command line says, else a profile that it names, else the environment, else the file.
 *
 * @throws CommandError `usage.database-url`, ConfigError `config.missing-variable`
 */
export async function chooseDatabase({
  options,
  env,
  cwd,
  configuration,
}: Pick<Session, 'options' | 'env' | 'cwd' | 'configuration'>): Promise<DatabaseChoice> {
  const { databaseUrl } = options;
  if (databaseUrl !== undefined) {
    return {
      kind: 'url',
      url: checkDatabaseUrl(databaseUrl, '--database-url'),
      from: { kind: 'flag', name: '--database-url' },
    };
  }
  const isOfProfile = configuration?.database?.from.kind === 'profile';
  // An empty variable is how many tools unset one.
  if (env.WEIR_DATABASE_URL && !isOfProfile) {
    const url = checkDatabaseUrl(env.WEIR_DATABASE_URL, 'WEIR_DATABASE_URL');
    return { kind: 'url', url, from: { kind: 'environment', name: 'WEIR_DATABASE_URL' } };
  }
  if (configuration?.database !== undefined) return await configured(configuration.database, env);
  return { kind: 'embedded', dataDirectory: join(cwd, EMBEDDED_DATA), from: { kind: 'default' } };
}

/** For messages: never with a password, wherever in the address it stands. */
export function showDatabase(choice: DatabaseChoice): string {
  if (choice.kind === 'embedded') return `the embedded database in ${choice.dataDirectory}`;
  if (choice.kind === 'redshift') {
    const { workgroupName, clusterIdentifier, database } = choice.redshift;
    return `Redshift ${workgroupName ?? clusterIdentifier}/${database}`;
  }
  const { protocol, username, password, host, pathname } = new URL(choice.url);
  const user = password === '' ? username : `${username}:***`;
  return `${protocol}//${user === '' ? '' : `${user}@`}${host}${pathname}`;
}

async function configured(
  { value: { embedded, postgres, redshift }, from }: NonNullable<Configuration['database']>,
  env: NodeJS.ProcessEnv,
): Promise<DatabaseChoice> {
  if (embedded !== undefined) return { kind: 'embedded', dataDirectory: embedded, from };
  if (redshift !== undefined) return { kind: 'redshift', redshift, from };
  const { readVariable } = await import('@weir/config');
  const { url, password } = postgres!;
  const text = typeof url === 'string' ? url : readVariable(url, 'database.postgres.url', env);
  const said = typeof url === 'string' ? 'database.postgres.url' : url.env;
  const address = new URL(checkDatabaseUrl(text, said));
  if (password !== undefined) {
    address.password = encodeURIComponent(readVariable(password, 'database.postgres.password', env));
  }
  return { kind: 'url', url: address.href, from };
}
