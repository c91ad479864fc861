import type { Decision, DecisionLog } from '@weir/core';
import { isStorableText, readDecisions, selectDecisions } from '@weir/warehouse-sql';
import type { Pool } from 'pg';
import { PostgresSessions } from './postgres-sessions.ts';

/** ingest_decision, beside the entries of the deliveries. */
export class PostgresDecisionLog implements DecisionLog {
  readonly #sessions: PostgresSessions;

  constructor({ pool }: { readonly pool: Pool }) {
    this.#sessions = new PostgresSessions(pool);
  }

  async decisionsAbout(transactionId: string): Promise<readonly Decision[]> {
    if (!isStorableText(transactionId)) return [];
    return this.#sessions.use('reading decisions', async (session) => {
      const { rows } = await session.run(selectDecisions(transactionId, 'postgres'));
      return readDecisions(rows);
    });
  }
}
