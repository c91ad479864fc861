import type { Reject, RejectCounts, RejectFilter, RejectQuery, RejectStore } from '@weir/core';
import { countRejects, dismissRejects, readReject, readRejectCounts, selectRejects } from '@weir/warehouse-sql';
import type { Pool } from 'pg';
import { PostgresSessions } from './postgres-sessions.ts';
import { beginWriting, type WriterOptions } from './write-transaction.ts';

const REJECTS_A_PAGE = 1000;

export interface PostgresRejectStoreOptions extends WriterOptions {
  readonly pool: Pool;
}

/** ingest_reject, beside the entries of its deliveries. */
export class PostgresRejectStore implements RejectStore {
  readonly #options: PostgresRejectStoreOptions;
  readonly #sessions: PostgresSessions;

  constructor(options: PostgresRejectStoreOptions) {
    this.#options = options;
    this.#sessions = new PostgresSessions(options.pool);
  }

  /** A question a page: between two pages no connection is held, so that what was read can be committed meanwhile. */
  async *readRejects({ limit = Number.POSITIVE_INFINITY, ...query }: RejectQuery): AsyncIterable<readonly Reject[]> {
    let { after } = query;
    for (let left = limit; left > 0; left -= REJECTS_A_PAGE) {
      const most = Math.min(left, REJECTS_A_PAGE);
      const statement = selectRejects({ ...query, after, limit: most }, 'postgres');
      const { rows } = await this.#sessions.use('reading rejects', (session) => session.run(statement));
      if (rows.length === 0) return;
      const page = rows.map(readReject);
      yield page;
      if (page.length < most) return;
      after = page.at(-1);
    }
  }

  async countRejects(filter: RejectFilter): Promise<RejectCounts> {
    const statement = countRejects(filter, 'postgres');
    const { rows } = await this.#sessions.use('counting rejects', (session) => session.run(statement));
    return readRejectCounts(rows[0]!);
  }

  /** Holds the lock of writers: a replay sees a reject dismissed before its commit or after it, never between. */
  async dismissRejects(filter: RejectFilter): Promise<number> {
    if (filter.state !== undefined && filter.state !== 'open') return 0;
    return this.#sessions.use('dismissing rejects', async (session) => {
      await beginWriting(session, this.#options);
      const { count } = await session.run(dismissRejects(filter, 'postgres'));
      await session.execute('COMMIT');
      await session.execute('RESET ALL');
      return count;
    });
  }
}
