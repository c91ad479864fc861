import type { AmountTotal, Fact, FactReader, TotalsQuery } from '@weir/core';
import * as sql from '@weir/warehouse-sql';
import type { Sqlite } from './sqlite.ts';

const FACTS_A_BATCH = 1000;

/** The facts of a `SqliteWarehouse`, as one stream of one state. */
export class SqliteFactReader implements FactReader {
  readonly #database: Sqlite;

  constructor(database: Sqlite) {
    this.#database = database;
  }

  async *facts(): AsyncIterable<readonly Fact[]> {
    let batch: Fact[] = [];
    for (const row of this.#database.rows(sql.selectFacts('postgres').text)) {
      batch.push(sql.readFact(Object.values(row) as string[]));
      if (batch.length < FACTS_A_BATCH) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }

  /** SQLite adds up floats, which are not exact. */
  async totals(query: TotalsQuery): Promise<readonly AmountTotal[]> {
    const { text, ...statement } = sql.selectTotals(query, 'postgres');
    return sql.readTotals(this.#database.run({ ...statement, text: text.replace('SUM(', 'SUM_DECIMALS(') }));
  }

  async fact(transactionId: string): Promise<Fact | undefined> {
    if (!sql.isStorableText(transactionId)) return undefined;
    const [row] = this.#database.run(sql.selectFact(transactionId, 'postgres'));
    return row && sql.readFactRow(row);
  }
}
