import { FilesystemLandingZone } from '@weir/adapters-local';
import type { LandingZone } from '@weir/core';
import { type AwsSettings, awsSettingsOf } from '../config/aws-settings.ts';
import { usageError } from '../errors/command-error.ts';
import { choosePlaces, type PlaceNames } from '../ingest/choose-places.ts';
import { isS3Place } from '../ingest/is-s3-place.ts';
import type { Session } from '../session.ts';

/**
 * The archive that the command line or the configuration names, read as a landing place: its files with the times of their
 * landing.
 *
 * @throws CommandError `usage.missing-option`
 */
export async function createArchiveReader(names: PlaceNames, session: Session): Promise<LandingZone> {
  const { archive } = choosePlaces(names, session);
  if (archive === undefined) throw noArchive();
  if (isS3Place(archive.value)) return await readBucket(archive.value, awsSettingsOf(session));
  return new FilesystemLandingZone(archive.value);
}

async function readBucket(place: string, settings: AwsSettings): Promise<LandingZone> {
  return await (await import('./create-s3-places.ts')).createS3ArchiveReader(place, settings);
}

function noArchive() {
  return usageError({
    code: 'usage.missing-option',
    message: "Required option '--archive <place>' not specified, and no configuration names an archive.",
    remedy: 'Say where loaded files were taken with --archive, or write "archive" in weir.config.json.',
  });
}
