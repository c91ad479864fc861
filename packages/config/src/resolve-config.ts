import { basename, dirname, isAbsolute, resolve } from 'node:path';
import { type Policy, parsePolicy, policySchema } from '@weir/core';
import { ConfigError } from './config-error.ts';
import type { ConfigFile, ConfigSettings } from './config-schema.ts';

export type Origin =
  | { readonly kind: 'profile'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'default' };

export interface Setting<Value> {
  readonly value: Value;
  readonly from: Origin;
}

type Optional<Value> = Setting<Value> | undefined;

/** What a file says once a profile was put over it. Folders are absolute: they are meant from where the file is. */
export interface Configuration {
  readonly file: string;
  readonly profile: string | undefined;
  readonly policy: Policy;
  readonly policyOrigins: Readonly<Record<keyof Policy, Origin>>;
  readonly landing: Optional<string>;
  readonly archive: Optional<string>;
  readonly quarantine: Optional<string>;
  readonly database: Optional<NonNullable<ConfigSettings['database']>>;
  readonly region: Optional<string>;
  readonly awsProfile: Optional<string>;
}

/** @throws ConfigError `config.unknown-profile` */
export function resolveConfig(path: string, file: ConfigFile, profile?: string): Configuration {
  const { profiles = {}, ...base } = file;
  const over = profile === undefined ? {} : settingsOf(path, profiles, profile);
  const pick = <Value>(read: (settings: ConfigSettings) => Value | undefined): Optional<Value> => {
    const [own, common] = [read(over), read(base)];
    if (own !== undefined) return { value: own, from: { kind: 'profile', name: profile! } };
    return common === undefined ? undefined : { value: common, from: { kind: 'file', path } };
  };
  const pickPlace = (name: 'landing' | 'archive' | 'quarantine') =>
    pick((settings) => (settings[name] === undefined ? undefined : absolute(path, settings[name])));
  const keys = Object.keys(policySchema.shape) as (keyof Policy)[];
  const originOf = (key: keyof Policy) => pick(({ policy }) => policy?.[key])?.from ?? { kind: 'default' };
  return {
    file: path,
    profile,
    policy: parsePolicy({ ...base.policy, ...over.policy }),
    policyOrigins: Object.fromEntries(keys.map((key) => [key, originOf(key)])) as Configuration['policyOrigins'],
    landing: pickPlace('landing'),
    archive: pickPlace('archive'),
    quarantine: pickPlace('quarantine'),
    database: pick(({ database }) => (database === undefined ? undefined : absoluteDatabase(path, database))),
    region: pick(({ aws }) => aws?.region),
    awsProfile: pick(({ aws }) => aws?.profile),
  };
}

function settingsOf(path: string, profiles: NonNullable<ConfigFile['profiles']>, name: string): ConfigSettings {
  const found = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (found !== undefined) return found;
  const known = Object.keys(profiles);
  throw new ConfigError({
    code: 'config.unknown-profile',
    message: `There is no profile ${JSON.stringify(name)} in ${basename(path)}: it has ${known.join(', ') || 'none'}.`,
    remedy: `Name one of them with --profile, or write it in ${path} below "profiles".`,
  });
}

function absolute(path: string, place: string): string {
  return place.startsWith('s3://') || isAbsolute(place) ? place : resolve(dirname(path), place);
}

function absoluteDatabase(path: string, database: NonNullable<ConfigSettings['database']>) {
  return database.embedded === undefined ? database : { embedded: absolute(path, database.embedded) };
}
