import type { Fact } from '@weir/core';
import { readFacts, SqlFactReader, selectFacts } from '@weir/warehouse-sql';
import type { Pool } from 'pg';
import { askPostgres } from './ask-postgres.ts';
import { copyOut } from './copy-out.ts';
import { PostgresSessions } from './postgres-sessions.ts';

/** The fact table as one stream of one state. */
export class PostgresFactReader extends SqlFactReader {
  readonly #sessions: PostgresSessions;

  constructor({ pool }: { readonly pool: Pool }) {
    const sessions = new PostgresSessions(pool);
    super(askPostgres(sessions));
    this.#sessions = sessions;
  }

  facts(): AsyncIterable<readonly Fact[]> {
    return readFacts(copyOut(this.#sessions, selectFacts('postgres'), 'reading facts'));
  }
}
