import type { AmountTotal, Fact, FactReader, TotalsQuery } from '@weir/core';
import type { Dialect } from '../dialect.ts';
import { selectFact } from '../queries/select-facts.ts';
import { selectTotals } from '../queries/select-totals.ts';
import { readFactRow } from '../results/read-fact.ts';
import { readTotals } from '../results/read-totals.ts';
import { isStorableText } from '../storable-text.ts';
import type { Ask, ReaderOptions } from './ask.ts';

/** fact_transactions. How all facts stream out of a database is its adapter's matter. */
export abstract class SqlFactReader implements FactReader {
  readonly #dialect: Dialect;
  readonly #ask: Ask;

  constructor({ dialect, ask }: ReaderOptions) {
    this.#dialect = dialect;
    this.#ask = ask;
  }

  abstract facts(): AsyncIterable<readonly Fact[]>;

  async totals(query: TotalsQuery): Promise<readonly AmountTotal[]> {
    return readTotals(await this.#ask(selectTotals(query, this.#dialect), 'adding up amounts'));
  }

  async fact(transactionId: string): Promise<Fact | undefined> {
    if (!isStorableText(transactionId)) return undefined;
    const [row] = await this.#ask(selectFact(transactionId, this.#dialect), 'reading a fact');
    return row === undefined ? undefined : readFactRow(row);
  }
}
