import type { CommittedRun, FileToCommit, PreviewedRun, RunToCommit, RunToPreview, Stage } from '@weir/core';
import * as sql from '@weir/warehouse-sql';
import type { Sqlite } from './sqlite.ts';

/** The temporary tables of one connection, which end with it. */
export class SqliteStage implements Stage {
  readonly #database: Sqlite;

  constructor(database: Sqlite) {
    this.#database = database;
    for (const table of sql.STAGE_TABLES) database.run(sql.createTemporaryTable(table, 'postgres'));
  }

  async writeRows(lines: Uint8Array): Promise<void> {
    this.#database.insert(sql.STAGE_ROW_TABLE, lines);
  }

  async writeRejects(lines: Uint8Array): Promise<void> {
    this.#database.insert(sql.STAGE_REJECT_TABLE, lines);
  }

  async commit(run: RunToCommit): Promise<CommittedRun> {
    this.#insertFiles(run.files);
    const replays = sql.hasReplays(run);
    const { prepare, decide, record } = sql.planCommit(run, 'postgres', replays);
    // Like Redshift's plan, SQLite does without MERGE.
    const { change } = sql.planCommit(run, 'redshift', replays);
    return this.#database.transact('BEGIN IMMEDIATE', () => {
      for (const statement of prepare) this.#database.run(statement);
      sql.requireCounts(this.#database.run(sql.selectCountMismatches()));
      for (const statement of [...decide, ...change, ...record]) this.#database.run(statement);
      return sql.toCommittedRun(run, this.#database.run(sql.selectFilesOfRun(run.runId, 'postgres')));
    });
  }

  async preview(run: RunToPreview): Promise<PreviewedRun> {
    this.#insertFiles(run.files);
    const statements = sql.planPreview(run, 'postgres');
    const read = this.#database.transact('BEGIN', () =>
      statements.map((statement) => [statement.name, this.#database.run(statement)] as const),
    );
    this.#database.close();
    return sql.toPreviewedRun(async (name) => new Map(read).get(name)!);
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  #insertFiles(files: readonly FileToCommit[]): void {
    for (const line of sql.encodeStagedFiles(files)) this.#database.insert(sql.STAGE_FILE_TABLE, line);
  }
}
