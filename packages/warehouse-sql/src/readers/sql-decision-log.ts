import type { Decision, DecisionLog } from '@weir/core';
import type { Dialect } from '../dialect.ts';
import { selectDecisions } from '../queries/select-decisions.ts';
import { readDecisions } from '../results/read-decision.ts';
import { isStorableText } from '../storable-text.ts';
import type { Ask, ReaderOptions } from './ask.ts';

/** ingest_decision, beside the entries of the deliveries. */
export class SqlDecisionLog implements DecisionLog {
  readonly #dialect: Dialect;
  readonly #ask: Ask;

  constructor({ dialect, ask }: ReaderOptions) {
    this.#dialect = dialect;
    this.#ask = ask;
  }

  async decisionsAbout(transactionId: string): Promise<readonly Decision[]> {
    if (!isStorableText(transactionId)) return [];
    return readDecisions(await this.#ask(selectDecisions(transactionId, this.#dialect), 'reading decisions'));
  }
}
