import { FilesystemFileStore, FilesystemLandingZone } from '@weir/adapters-local';
import type { IngestPorts } from '@weir/core';
import type { Places } from '../ingest/resolve-places.ts';

/** The folders of one machine as ports. */
export function createFilePlaces({
  landing,
  archive,
  quarantine,
}: Places): Pick<IngestPorts, 'landing' | 'archive' | 'quarantine'> {
  const storeIn = (folder: string | undefined) =>
    folder === undefined ? undefined : new FilesystemFileStore({ folder, landingFolder: landing });
  return { landing: new FilesystemLandingZone(landing), archive: storeIn(archive), quarantine: storeIn(quarantine) };
}
