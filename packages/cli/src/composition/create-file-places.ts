import { FilesystemFileStore, FilesystemLandingZone } from '@weir/adapters-local';
import { isS3Place } from '../ingest/is-s3-place.ts';
import type { Places } from '../ingest/resolve-places.ts';
import type { FilePlaces } from './file-places.ts';

/** Folders of this machine, or places in S3, as ports. */
export async function createFilePlaces(places: Places): Promise<FilePlaces> {
  const { landing, archive, quarantine } = places;
  if (isS3Place(landing)) return await (await import('./create-s3-places.ts')).createS3Places(places);
  const storeIn = (folder: string | undefined) =>
    folder === undefined ? undefined : new FilesystemFileStore({ folder, landingFolder: landing });
  return { landing: new FilesystemLandingZone(landing), archive: storeIn(archive), quarantine: storeIn(quarantine) };
}
