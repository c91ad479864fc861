import type { Fact } from '@weir/core';
import * as sql from '@weir/warehouse-sql';
import { askSqlite } from './ask-sqlite.ts';
import type { Sqlite } from './sqlite.ts';

const FACTS_A_BATCH = 1000;

/** The facts of a `SqliteWarehouse`, as one stream of one state. */
export class SqliteFactReader extends sql.SqlFactReader {
  readonly #database: Sqlite;

  constructor(database: Sqlite) {
    super(askSqlite(database));
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
}
