import { type IngestPorts, InProcessTransformer } from '@weir/core';
import type { Places } from '../ingest/resolve-places.ts';
import { createFilePlaces } from './create-file-places.ts';
import type { DatabasePorts } from './database-ports.ts';
import type { RowResources } from './row-resources.ts';

/** What a run needs: its deliveries are read in this process, wherever they lie. */
export async function createIngestPorts(
  places: Places,
  database: DatabasePorts,
  { workers, maxDimensionBytes }: RowResources,
): Promise<IngestPorts> {
  const { clock, warehouse, dimensions, unpacker } = database;
  const { landing, archive, quarantine } = await createFilePlaces(places);
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
