import type { HistoryTotals, RunHistory, RunQuery, RunRecord, RunSummary } from '@weir/core';
import * as sql from '@weir/warehouse-sql';
import type { Sqlite } from './sqlite.ts';

/** What earlier runs did, from the tables of a `SqliteWarehouse`. */
export class SqliteRunHistory implements RunHistory {
  readonly #database: Sqlite;

  constructor(database: Sqlite) {
    this.#database = database;
  }

  async runs(query: RunQuery): Promise<readonly RunSummary[]> {
    return this.#database.run(sql.selectRuns(query, 'postgres')).map(sql.readRunSummary);
  }

  async run(runId: string): Promise<RunRecord | undefined> {
    const [run] = this.#database.run(sql.selectRun(runId, 'postgres'));
    return run && sql.readRunRecord(run, this.#database.run(sql.selectFilesOfRun(runId, 'postgres')));
  }

  async sumUp(): Promise<HistoryTotals> {
    const [runs, files] = [sql.selectRunTotals(), sql.selectFileTotals()].map((query) => this.#database.run(query));
    return sql.readHistoryTotals(runs!, files!, this.#database.run(sql.countAllOpenRejects()));
  }
}
