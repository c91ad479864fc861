import type { Archive, LandingZone, Quarantine } from '@weir/core';

/** Where files land and are taken to. */
export interface FilePlaces {
  readonly landing: LandingZone;
  readonly archive: Archive | undefined;
  readonly quarantine: Quarantine | undefined;
}
