import { ArchivedDeliveries } from '@weir/core/operations';
import type { BackfillOptions } from '../command-line/backfill-options.ts';
import { createArchiveReader } from '../composition/create-archive-reader.ts';
import { createFilePlaces } from '../composition/create-file-places.ts';
import type { IngestPlaces } from '../composition/create-ingest-ports.ts';
import { resolvePlaces } from '../ingest/resolve-places.ts';
import type { Session } from '../session.ts';

/**
 * Where a backfill reads, and where it takes files: from the archive nowhere.
 *
 * @throws CommandError `usage.missing-option`, `usage.places-overlap`
 */
export async function openBackfillSource(options: BackfillOptions, session: Session): Promise<IngestPlaces> {
  if (options.fromArchive) return { landing: new ArchivedDeliveries(await createArchiveReader(options, session)) };
  return await createFilePlaces(await resolvePlaces(options, session));
}
