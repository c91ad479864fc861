import type { DimensionCatalog, DimensionFeed, DimensionLoad, DimensionName } from '@weir/core';
import { createTemporaryTable, selectDimension, stageDimensionTable, upsertDimension } from '@weir/warehouse-sql';
import type { Pool } from 'pg';
import { CopyInto } from './copy-into.ts';
import { copyOut } from './copy-out.ts';
import { PostgresSessions, type Session } from './postgres-sessions.ts';
import { beginWriting, type WriterOptions } from './write-transaction.ts';

export interface PostgresDimensionCatalogOptions extends WriterOptions {
  readonly pool: Pool;
}

/** dim_products and dim_customers. */
export class PostgresDimensionCatalog implements DimensionCatalog {
  readonly #sessions: PostgresSessions;
  readonly #writer: WriterOptions;

  constructor({ pool, ...writer }: PostgresDimensionCatalogOptions) {
    this.#sessions = new PostgresSessions(pool);
    this.#writer = writer;
  }

  read(dimension: DimensionName): AsyncIterable<Uint8Array> {
    return copyOut(this.#sessions, selectDimension(dimension), `reading dim_${dimension}`);
  }

  /** @throws PortError `warehouse.conflict` where a feed holds an id twice; `warehouse.busy`, `warehouse.unreachable` */
  async load(feeds: readonly DimensionFeed[]): Promise<readonly DimensionLoad[]> {
    if (feeds.length === 0) return [];
    const doing = 'loading dimensions';
    const session = await this.#sessions.open(doing);
    const failure: FeedFailure = { error: undefined };
    try {
      await session.execute('SET statement_timeout = 0');
      const reads: number[] = [];
      for (const [i, feed] of feeds.entries()) reads.push(await stageFeed(session, feed, i + 1, failure));
      await beginWriting(session, this.#writer);
      const loads: DimensionLoad[] = [];
      for (const [i, { dimension }] of feeds.entries()) loads.push(await upsert(session, dimension, i + 1, reads[i]!));
      await session.execute('COMMIT');
      return loads;
    } catch (error) {
      // What a feed throws is the caller's own, even where it looks like a fault of a connection.
      throw failure.error === undefined ? this.#sessions.translate(error, doing) : failure.error.thrown;
    } finally {
      // Closed for its temporary tables and settings.
      session.end(false);
    }
  }
}

interface FeedFailure {
  error: { readonly thrown: unknown } | undefined;
}

/** Returns the number of rows. */
async function stageFeed(session: Session, feed: DimensionFeed, feedNo: number, failure: FeedFailure): Promise<number> {
  const table = stageDimensionTable(feed.dimension, feedNo);
  await session.run(createTemporaryTable(table, 'postgres'));
  const copy = new CopyInto(session, table);
  for await (const chunk of watch(feed.rows, failure)) await copy.write(chunk.slice());
  await copy.end();
  await session.execute(`ANALYZE ${table.name}`);
  const { rows } = await session.run({ text: `SELECT COUNT(*) AS staged FROM ${table.name}`, parameters: [] });
  return Number(rows[0]!.staged);
}

async function* watch(rows: AsyncIterable<Uint8Array>, failure: FeedFailure): AsyncGenerator<Uint8Array> {
  const iterator = rows[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await iterator.next().catch((thrown: unknown) => {
        failure.error = { thrown };
        throw thrown;
      });
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    if (failure.error === undefined) await iterator.return?.();
  }
}

async function upsert(
  session: Session,
  dimension: DimensionName,
  feedNo: number,
  read: number,
): Promise<DimensionLoad> {
  const statements = upsertDimension(dimension, feedNo, 'postgres');
  const { count: updated } = await session.run(statements.update);
  const { count: inserted } = await session.run(statements.insert);
  return { dimension, read, inserted, updated, unchanged: read - inserted - updated };
}
