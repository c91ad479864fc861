import type { LandingZone } from '../../src/ports/landing-zone.port.ts';
import type { InMemoryFileStore } from '../../src/testing/in-memory-file-store.ts';
import { InMemoryLandingZone } from '../../src/testing/index.ts';

/** What a file store holds, read as a landing place. */
export function readArchive({ stored }: InMemoryFileStore): LandingZone {
  const landing = new InMemoryLandingZone('memory:archive');
  for (const [key, bytes] of stored) landing.put(key, bytes);
  return landing;
}
