import { probePlace } from '../composition/probe-place.ts';
import { awsSettingsOf } from '../config/aws-settings.ts';
import { choosePlaces, type PlaceNames } from '../ingest/choose-places.ts';
import { isS3Place } from '../ingest/is-s3-place.ts';
import { resolvePlaces } from '../ingest/resolve-places.ts';
import type { Session } from '../session.ts';
import type { Examination } from './examination.ts';

/** Landing place, archive and quarantine. Files are taken away from the landing place where one of the others is named. */
export async function examinePlaces(
  examination: Examination,
  session: Session,
  names: PlaceNames,
  isSignedIn: boolean,
): Promise<void> {
  const { landing, ...others } = choosePlaces(names, session);
  const aws = awsSettingsOf(session);
  const look = async (use: string, place: string, mustWrite: boolean) => {
    if (isS3Place(place) && !isSignedIn) return examination.skip(use, 'needs an identity that AWS knows');
    const probe = async () => {
      // The three must also fit together.
      if (landing !== undefined) await resolvePlaces(names, session);
      await probePlace(place, { use, mustWrite, mayBeMissing: use !== 'landing' }, aws);
    };
    await examination.look(use, probe, () => place);
  };
  if (landing === undefined) examination.skip('landing', 'no place is named: see --landing');
  // In S3 a file is taken away by deleting its version, which cannot be tried without doing it.
  else await look('landing', landing.value, isEmptied(others) && !isS3Place(landing.value));
  for (const [use, place] of Object.entries(others)) {
    if (place === undefined) examination.skip(use, 'no place is named: files stay where they landed');
    else await look(use, place.value, true);
  }
}

function isEmptied(others: Readonly<Record<string, unknown>>): boolean {
  return Object.values(others).some((place) => place !== undefined);
}
