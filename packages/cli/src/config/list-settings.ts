import { type Policy, parsePolicy } from '@weir/core';
import { choosePlaces, type PlaceNames } from '../ingest/choose-places.ts';
import type { Session } from '../session.ts';
import { chooseDatabase, showDatabase } from './choose-database.ts';
import type { SettingSource } from './setting-source.ts';

/** One setting that is in force, for people: without secrets. */
export interface ListedSetting {
  readonly key: string;
  /** Undefined where nothing is set. */
  readonly value: string | undefined;
  readonly from: SettingSource | undefined;
}

export async function listSettings(session: Session, names: PlaceNames): Promise<readonly ListedSetting[]> {
  const { configuration, env } = session;
  const database = await chooseDatabase(session);
  const places = Object.entries(choosePlaces(names, session)).map(([key, place]) => ({ key, ...NONE, ...place }));
  const region = configuration?.region ?? fromEnvironment(env, 'AWS_REGION');
  const profile = configuration?.awsProfile ?? fromEnvironment(env, 'AWS_PROFILE');
  return [
    ...places,
    { key: 'database', value: showDatabase(database), from: database.from },
    { key: 'aws.region', ...NONE, ...region },
    { key: 'aws.profile', ...NONE, ...profile },
    ...listPolicy(session),
  ];
}

const NONE = { value: undefined, from: undefined };

function listPolicy({ policy = parsePolicy(), configuration }: Pick<Session, 'policy' | 'configuration'>) {
  return (Object.keys(policy) as (keyof Policy)[]).map(
    (key): ListedSetting => ({
      key: `policy.${key}`,
      value: describe(policy[key]),
      from: configuration?.policyOrigins[key] ?? { kind: 'default' },
    }),
  );
}

function describe(value: Policy[keyof Policy]): string {
  if (!Array.isArray(value)) return String(value);
  return value.map((entry) => (typeof entry === 'string' ? entry : describeClass(entry))).join(', ') || 'none';
}

function describeClass({ name, below }: Policy['amountClasses'][number]): string {
  return below === undefined ? name : `${name} below ${below}`;
}

function fromEnvironment(env: NodeJS.ProcessEnv, name: string): Pick<ListedSetting, 'value' | 'from'> {
  return env[name] ? { value: env[name], from: { kind: 'environment', name } } : NONE;
}
