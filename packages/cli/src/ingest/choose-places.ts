import { resolve } from 'node:path';
import type { SettingSource } from '../config/setting-source.ts';
import type { Session } from '../session.ts';
import { isS3Place } from './is-s3-place.ts';

/** As the command line names them; what it leaves out, the configuration may name. */
export interface PlaceNames {
  readonly landing?: string | undefined;
  readonly archive?: string | undefined;
  readonly quarantine?: string | undefined;
}

/** Absolute paths or addresses that begin with `s3://`, and who named each. */
export type ChosenPlaces = { readonly [Name in keyof PlaceNames]-?: ChosenPlace | undefined };

export interface ChosenPlace {
  readonly value: string;
  readonly from: SettingSource;
}

export function choosePlaces(
  names: PlaceNames,
  { cwd, configuration }: Pick<Session, 'cwd' | 'configuration'>,
): ChosenPlaces {
  const choose = (name: keyof PlaceNames): ChosenPlace | undefined => {
    const named = names[name];
    if (named === undefined) return configuration?.[name];
    return { value: isS3Place(named) ? named : resolve(cwd, named), from: { kind: 'flag', name: `--${name}` } };
  };
  return { landing: choose('landing'), archive: choose('archive'), quarantine: choose('quarantine') };
}
