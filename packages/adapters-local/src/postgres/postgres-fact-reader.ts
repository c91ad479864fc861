import { type AmountTotal, decodeStagedLines, type Fact, type FactReader, type TotalsQuery } from '@weir/core';
import {
  isStorableText,
  readFact,
  readFactRow,
  readTotals,
  selectFact,
  selectFacts,
  selectTotals,
} from '@weir/warehouse-sql';
import type { Pool } from 'pg';
import { copyOut } from './copy-out.ts';
import { PostgresSessions } from './postgres-sessions.ts';
import { wholeLines } from './whole-lines.ts';

/** A fact has at least some 70 bytes, so this is never more than some thousand facts. */
const BYTES_A_BATCH = 256 * 1024;

/** The fact table as one stream of one state. */
export class PostgresFactReader implements FactReader {
  readonly #sessions: PostgresSessions;

  constructor({ pool }: { readonly pool: Pool }) {
    this.#sessions = new PostgresSessions(pool);
  }

  async *facts(): AsyncIterable<readonly Fact[]> {
    for await (const lines of wholeLines(
      copyOut(this.#sessions, selectFacts('postgres'), 'reading facts'),
      BYTES_A_BATCH,
    )) {
      yield decodeStagedLines(lines).map(readFact);
    }
  }

  async totals(query: TotalsQuery): Promise<readonly AmountTotal[]> {
    return this.#sessions.use('adding up amounts', async (session) => {
      return readTotals((await session.run(selectTotals(query, 'postgres'))).rows);
    });
  }

  async fact(transactionId: string): Promise<Fact | undefined> {
    if (!isStorableText(transactionId)) return undefined;
    return this.#sessions.use('reading a fact', async (session) => {
      const { rows } = await session.run(selectFact(transactionId, 'postgres'));
      return rows[0] === undefined ? undefined : readFactRow(rows[0]);
    });
  }
}
