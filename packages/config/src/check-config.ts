import { PolicyError, parsePolicy, policySchema } from '@weir/core';
import * as z from 'zod';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { type ConfigFile, configSchema } from './config-schema.ts';
import { allowedKeys } from './json-schema.ts';
import type { Place } from './parse-json-config.ts';

type PlaceOf = (path: readonly PropertyKey[]) => Place | undefined;

/**
 * What was read as a configuration; also the policy of every profile is judged.
 *
 * @throws ConfigError `config.invalid`
 */
export function checkConfig(path: string, input: unknown, placeOf: PlaceOf = () => undefined): ConfigFile {
  const result = configSchema.safeParse(input);
  const problems = [
    ...(result.success ? [] : result.error.issues.flatMap(toProblems)),
    ...judgePolicies(policiesOf.parse(input)),
  ];
  if (result.success && problems.length === 0) return result.data;
  throw toError(
    path,
    problems.map(({ keys, message }) => ({ key: keys.join('.'), message, ...placeOf(keys) })),
  );
}

/** The policies of what may be wrong in other ways, so that all is told at once. */
const policy = z.looseObject({}).catch({});
const policiesOf = z
  .looseObject({ policy, profiles: z.record(z.string(), z.looseObject({ policy }).catch({ policy: {} })).catch({}) })
  .catch({ policy: {}, profiles: {} });

interface Problem {
  readonly keys: readonly (string | number)[];
  readonly message: string;
}

function judgePolicies({ policy, profiles }: z.output<typeof policiesOf>): Problem[] {
  const problems = judge(policy, () => ['policy']);
  for (const [name, profile] of Object.entries(profiles)) {
    const own = profile.policy;
    const found = judge({ ...policy, ...own }, (key) => (key in own ? ['profiles', name, 'policy'] : ['policy']));
    // What is wrong without the profile was told already.
    problems.push(...found.filter(({ keys }) => keys[0] === 'profiles'));
  }
  return problems;
}

function judge(policy: object, ownerOf: (key: string) => readonly string[]): Problem[] {
  try {
    parsePolicy(policy);
    return [];
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return error.problems.map(({ key, message }) => {
      const keys = key === '' ? [] : key.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
      return { keys: [...ownerOf(String(keys[0])), ...keys], message };
    });
  }
}

interface Issue {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

function toProblems({ code, path, message, keys = [] }: Issue): Problem[] {
  const place = path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  if (code !== 'unrecognized_keys') return [{ keys: place, message }];
  return keys.map((key) => ({ keys: [...place, key], message: tellUnknown(place, key) }));
}

function tellUnknown(path: readonly PropertyKey[], key: string): string {
  const isSetting = path.length === 0 || (path.length === 2 && path[0] === 'profiles');
  if (isSetting && Object.hasOwn(policySchema.shape, key))
    return `is a key of the policy: write "policy": {"${key}": ...}`;
  return `is no such key; allowed: ${allowedKeys(path)?.join(', ')}`;
}

function toError(path: string, problems: readonly ConfigProblem[]): ConfigError {
  const lines = problems.map(({ key, message, line, column }) => {
    const place = line === undefined ? '' : ` (line ${line}, column ${column})`;
    return key === '' ? message : `${key}${place}: ${message}`;
  });
  return new ConfigError({
    code: 'config.invalid',
    message: [`The configuration ${path} cannot be used:`, ...lines].join('\n'),
    remedy:
      'Mend the keys named above; docs/configuration.md lists all. Every key may be left out; it then has its default.',
    problems,
  });
}
