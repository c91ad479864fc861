import type { RejectFilter } from '@weir/core';
import { dismissRejects, SqlRejectStore } from '@weir/warehouse-sql';
import type { Pool } from 'pg';
import { askPostgres } from './ask-postgres.ts';
import { PostgresSessions } from './postgres-sessions.ts';
import { runAsWriter, type WriterOptions } from './write-transaction.ts';

export interface PostgresRejectStoreOptions extends WriterOptions {
  readonly pool: Pool;
}

/** ingest_reject, beside the entries of its deliveries. */
export class PostgresRejectStore extends SqlRejectStore {
  readonly #options: PostgresRejectStoreOptions;
  readonly #sessions: PostgresSessions;

  constructor(options: PostgresRejectStoreOptions) {
    const sessions = new PostgresSessions(options.pool);
    super(askPostgres(sessions));
    this.#options = options;
    this.#sessions = sessions;
  }

  protected override dismissOpen(filter: RejectFilter): Promise<number> {
    return runAsWriter(this.#sessions, 'dismissing rejects', dismissRejects(filter, 'postgres'), this.#options);
  }
}
