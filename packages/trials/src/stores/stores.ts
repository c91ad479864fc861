import { InMemoryFileStore } from '@weir/core/testing';
import type { PlacedFile, Watched } from '../invariants/index.ts';
import { hashOf } from '../model/delivery.ts';
import type { TrialWarehouse } from './warehouses.ts';
import { WatchedLanding } from './watched-landing.ts';

/** What outlives every process: the places of the files and the warehouse. */
export interface Stores {
  readonly landing: WatchedLanding;
  readonly archive: InMemoryFileStore;
  readonly quarantine: InMemoryFileStore;
  readonly warehouse: TrialWarehouse;
  readonly watched: Watched;
}

export function createStores(warehouse: TrialWarehouse, options: { readonly keepsVersions: boolean }): Stores {
  const landing = new WatchedLanding('memory:landing', options);
  const archive = new InMemoryFileStore(landing, 'memory:archive');
  const quarantine = new InMemoryFileStore(landing, 'memory:quarantine');
  return {
    landing,
    archive,
    quarantine,
    warehouse,
    watched: {
      facts: warehouse.facts,
      history: warehouse.history,
      rejects: () => warehouse.rejects(),
      decisions: () => warehouse.decisions(),
      landed: async () => landing.landed(),
      archived: async () => placedIn(archive),
      quarantined: async () => placedIn(quarantine),
    },
  };
}

function placedIn({ stored }: InMemoryFileStore): readonly PlacedFile[] {
  return [...stored].map(([key, bytes]) => ({ key, contentHash: hashOf(bytes) }));
}
