import { type IngestPorts, InProcessTransformer, type LandingZone } from '@weir/core';
import type { DatabasePorts } from './database-ports.ts';
import type { FilePlaces } from './file-places.ts';
import type { RowResources } from './row-resources.ts';

/** Where files come from, and where they go. */
export type IngestPlaces = Partial<Pick<FilePlaces, 'archive' | 'quarantine'>> & {
  readonly landing: Pick<LandingZone, 'location' | 'list' | 'open'>;
};

/** What a run needs: its deliveries are read in this process, wherever they lie. */
export function createIngestPorts(
  { landing, archive, quarantine }: IngestPlaces,
  database: DatabasePorts,
  { workers, maxDimensionBytes }: RowResources,
): IngestPorts {
  const { clock, warehouse, dimensions, unpacker } = database;
  const transformer = new InProcessTransformer({
    landing,
    unpacker,
    dimensions,
    warehouse,
    workers,
    maxDimensionBytes,
  });
  return { landing, archive, quarantine, transformer, warehouse, clock };
}
