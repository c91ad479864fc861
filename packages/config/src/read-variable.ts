import { ConfigError } from './config-error.ts';

/**
 * What a configuration says to look for in the environment.
 *
 * @param key which says it, such as `database.postgres.password`
 * @throws ConfigError `config.missing-variable`
 */
export function readVariable(
  { env }: { readonly env: string },
  key: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const value = environment[env];
  // An empty variable is how many tools unset one.
  if (value) return value;
  throw new ConfigError({
    code: 'config.missing-variable',
    message: `The environment has no ${env}, in which ${key} of the configuration says to look.`,
    remedy: `Set ${env}, or name another variable there.`,
  });
}
