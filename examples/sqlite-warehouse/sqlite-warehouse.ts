import type { FailedRun, Stage, Warehouse } from '@weir/core';
import * as sql from '@weir/warehouse-sql';
import { askSqlite } from './ask-sqlite.ts';
import { Sqlite } from './sqlite.ts';
import { SqliteStage } from './sqlite-stage.ts';

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

  committedHashes(keys: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    return sql.findCommittedHashes(askSqlite(this.database), keys);
  }

  async openStage(_runId: string): Promise<Stage> {
    return new SqliteStage(new Sqlite(this.#path));
  }

  async recordFailedRun(run: FailedRun): Promise<void> {
    this.database.transact('BEGIN IMMEDIATE', () => this.database.run(sql.recordFailedRun(run, 'postgres')));
  }
}
