import { decodeStagedLines, type Fact } from '@weir/core';
import { readFact, SqlFactReader, selectFacts } from '@weir/warehouse-sql';
import type { Pool } from 'pg';
import { askPostgres } from './ask-postgres.ts';
import { copyOut } from './copy-out.ts';
import { PostgresSessions } from './postgres-sessions.ts';
import { wholeLines } from './whole-lines.ts';

/** A fact has at least some 70 bytes, so this is never more than some thousand facts. */
const BYTES_A_BATCH = 256 * 1024;

/** The fact table as one stream of one state. */
export class PostgresFactReader extends SqlFactReader {
  readonly #sessions: PostgresSessions;

  constructor({ pool }: { readonly pool: Pool }) {
    const sessions = new PostgresSessions(pool);
    super(askPostgres(sessions));
    this.#sessions = sessions;
  }

  async *facts(): AsyncIterable<readonly Fact[]> {
    for await (const lines of wholeLines(
      copyOut(this.#sessions, selectFacts('postgres'), 'reading facts'),
      BYTES_A_BATCH,
    )) {
      yield decodeStagedLines(lines).map(readFact);
    }
  }
}
