import type { FailedRun, Stage, Warehouse } from '@weir/core';
import * as sql from '@weir/warehouse-sql';
import { Sqlite } from './sqlite.ts';
import { SqliteStage } from './sqlite-stage.ts';

const KEYS_A_QUESTION = 1000;

/** The tables of Weir in a SQLite file. */
export class SqliteWarehouse implements Warehouse {
  readonly database: Sqlite;
  readonly #path: string;

  /** @param path of a file, which is made where it is missing */
  constructor(path: string) {
    this.#path = path;
    this.database = new Sqlite(path);
    this.database.transact('BEGIN IMMEDIATE', () => {
      const tables = [...this.database.rows("SELECT name FROM sqlite_master WHERE name = 'fact_transactions'")];
      const migrations = tables.length > 0 ? [] : sql.listMigrations('postgres');
      this.database.execute(migrations.flatMap(({ statements }) => statements));
    });
  }

  async committedHashes(keys: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const hashes = new Map<string, Set<string>>();
    for (let i = 0; i < keys.length; i += KEYS_A_QUESTION) {
      const question = sql.selectCommittedHashes(keys.slice(i, i + KEYS_A_QUESTION), 'postgres');
      for (const { source_key: key, content_hash: hash } of this.database.run(question)) {
        hashes.set(key!, (hashes.get(key!) ?? new Set()).add(hash!));
      }
    }
    return hashes;
  }

  async openStage(_runId: string): Promise<Stage> {
    return new SqliteStage(new Sqlite(this.#path));
  }

  async recordFailedRun(run: FailedRun): Promise<void> {
    this.database.transact('BEGIN IMMEDIATE', () => this.database.run(sql.recordFailedRun(run, 'postgres')));
  }
}
