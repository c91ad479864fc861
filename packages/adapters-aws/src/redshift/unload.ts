import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
import { PortError } from '@weir/core';
import { quoteLiteral, type Statement } from '@weir/warehouse-sql';
import * as z from 'zod';
import { readStagedObjects } from '../s3/read-staged-objects.ts';
import { placeOf } from '../s3/s3-fault.ts';
import { credentials } from './copy-statement.ts';
import type { DataApiSession } from './data-api-session.ts';
import { addressIn, type StagingPlace } from './staging-place.ts';

export interface UnloadOrder {
  readonly query: Statement;
  /** What the keys begin with, with its last `/`. */
  readonly prefix: string;
  /** Whether the order of the rows counts: then one after the other writes. */
  readonly isOrdered?: boolean;
}

/**
 * Writes the results of queries as staged text, all of one state of the tables. What lies under the prefixes is written
 * over, so that it may be repeated.
 *
 * @returns the keys of the objects of each, in the order of their rows
 * @throws PortError
 */
export async function unload(
  session: DataApiSession,
  place: StagingPlace,
  orders: readonly UnloadOrder[],
  doing: string,
): Promise<readonly (readonly string[])[]> {
  await session.transact(
    orders.map((order) => toStatement(place, order)),
    doing,
  );
  return await Promise.all(orders.map(({ prefix }) => readManifest(place, `${prefix}manifest`)));
}

/** Removes what was unloaded; what cannot be removed expires with the bucket's other staged files. */
export async function removeUnloaded({ client, bucket }: StagingPlace, keys: readonly string[]): Promise<void> {
  for (let i = 0; i < keys.length; i += 1000) {
    const Objects = keys.slice(i, i + 1000).map((Key) => ({ Key }));
    await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } })).catch(() => {});
  }
}

function toStatement(place: StagingPlace, { query, prefix, isOrdered = false }: UnloadOrder): Statement {
  const text = `UNLOAD (${quoteLiteral(query.text, 'redshift')})
TO ${quoteLiteral(addressIn(place, prefix), 'redshift')}
${credentials(place)} REGION ${quoteLiteral(place.region, 'redshift')}
MANIFEST DELIMITER '\\t' ESCAPE ZSTD ALLOWOVERWRITE PARALLEL ${isOrdered ? 'OFF' : 'ON'}`;
  return { name: `unload-${query.name}`, text, parameters: [] };
}

const manifestSchema = z.object({ entries: z.array(z.object({ url: z.string() })) });

async function readManifest(place: StagingPlace, key: string): Promise<readonly string[]> {
  const start = addressIn(place, '');
  const chunks: Uint8Array[] = [];
  for await (const chunk of readStagedObjects(place.client, place.bucket, [key])) chunks.push(new Uint8Array(chunk));
  try {
    const { entries } = manifestSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    const strange = entries.find(({ url }) => !url.startsWith(start));
    if (strange !== undefined) throw new Error(`${strange.url} does not begin with ${start}.`);
    return entries.map(({ url }) => url.slice(start.length));
  } catch (cause) {
    throw new PortError({
      code: 'warehouse.stage-unreadable',
      message: `The manifest that Redshift wrote to ${placeOf(place.bucket, key)} cannot be read.`,
      remedy: 'Run again: it is written anew.',
      retryable: true,
      context: { bucket: place.bucket, key },
      cause,
    });
  }
}
