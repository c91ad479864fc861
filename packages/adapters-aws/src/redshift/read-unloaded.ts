import { readStagedObjects } from '../s3/read-staged-objects.ts';
import type { DataApiSession } from './data-api-session.ts';
import type { StagingPlace } from './staging-place.ts';
import { removeUnloaded, type UnloadOrder, unload } from './unload.ts';

/**
 * The result of a query as staged text, cut anywhere: all of one state of the tables. It goes by way of the staging place,
 * where nothing of it stays, also where a reader stops early.
 *
 * @param order nobody else writes below its prefix
 * @param doing for the message of an error, such as `reading facts`
 * @throws PortError
 */
export async function* readUnloaded(
  session: DataApiSession,
  place: StagingPlace,
  order: UnloadOrder,
  doing: string,
): AsyncGenerator<Uint8Array> {
  const [keys] = await unload(session, place, [order], doing);
  try {
    yield* readStagedObjects(place.client, place.bucket, keys!);
  } finally {
    await removeUnloaded(place, [...keys!, `${order.prefix}manifest`]);
  }
}
