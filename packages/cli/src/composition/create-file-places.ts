import { FilesystemFileStore, FilesystemLandingZone } from '@weir/adapters-local';
import type { Archive, LandingZone, Quarantine } from '@weir/core';
import type { Places } from '../ingest/resolve-places.ts';

export interface FilePlaces {
  readonly landing: LandingZone;
  readonly archive: Archive | undefined;
  readonly quarantine: Quarantine | undefined;
}

/** The folders of one machine as ports. */
export function createFilePlaces({ landing, archive, quarantine }: Places): FilePlaces {
  const storeIn = (folder: string | undefined) =>
    folder === undefined ? undefined : new FilesystemFileStore({ folder, landingFolder: landing });
  return { landing: new FilesystemLandingZone(landing), archive: storeIn(archive), quarantine: storeIn(quarantine) };
}
