import type { Decision, DecisionLog } from '@weir/core';
import { isStorableText, readDecisions, selectDecisions } from '@weir/warehouse-sql';
import type { DataApiSession } from './data-api-session.ts';

/** ingest_decision, beside the entries of the deliveries. */
export class RedshiftDecisionLog implements DecisionLog {
  readonly #session: DataApiSession;

  constructor({ session }: { readonly session: DataApiSession }) {
    this.#session = session;
  }

  async decisionsAbout(transactionId: string): Promise<readonly Decision[]> {
    if (!isStorableText(transactionId)) return [];
    return readDecisions(await this.#session.query(selectDecisions(transactionId, 'redshift'), 'reading decisions'));
  }
}
