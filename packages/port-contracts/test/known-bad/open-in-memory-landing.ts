import type { InMemoryLandingZone } from '@weir/core/testing';
import type { Closable, LandingZoneSubject } from '../../src/index.ts';

/** The subject of the landing zone's contract. */
export function openInMemoryLanding(landing: InMemoryLandingZone): LandingZoneSubject & Closable {
  return {
    landing,
    put: async (key, content, modifiedAt) => landing.put(key, content, modifiedAt).modifiedAt,
    remove: async (key) => landing.remove(key),
    ...(landing.keepsVersions ? { takeVersion: async (file) => landing.remove(file.key, file.version) } : {}),
    close: async () => {},
  };
}
