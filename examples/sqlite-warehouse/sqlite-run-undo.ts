import type { Policy, RunUndo, UndoStage, UndoStep, UndoToCommit } from '@weir/core';
import * as sql from '@weir/warehouse-sql';
import { Sqlite } from './sqlite.ts';

const STEPS_A_PAGE = 1000;

/** Takes back what a run brought into a `SqliteWarehouse`. */
export class SqliteRunUndo implements RunUndo {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async *steps(runId: string, policy: Policy): AsyncIterable<readonly UndoStep[]> {
    const database = new Sqlite(this.#path);
    try {
      const rows = database.run(sql.selectUndoSteps(runId, policy, 'postgres'));
      const steps = rows.map((row) => sql.readUndoStep(Object.values(row) as string[]));
      for (let i = 0; i < steps.length; i += STEPS_A_PAGE) yield steps.slice(i, i + STEPS_A_PAGE);
    } finally {
      database.close();
    }
  }

  async openUndo(_runId: string): Promise<UndoStage> {
    return new SqliteUndoStage(new Sqlite(this.#path));
  }
}

/** The temporary tables of one connection, which end with it. */
class SqliteUndoStage implements UndoStage {
  readonly #database: Sqlite;

  constructor(database: Sqlite) {
    this.#database = database;
    for (const table of sql.UNDO_TABLES) database.run(sql.createTemporaryTable(table, 'postgres'));
  }

  async writeRows(lines: Uint8Array): Promise<void> {
    this.#database.insert(sql.STAGE_ROW_TABLE, lines);
  }

  async commit(undo: UndoToCommit): Promise<void> {
    const database = this.#database;
    for (const line of sql.encodeUndoSources(undo.sources)) database.insert(sql.STAGE_UNDO_SOURCE_TABLE, line);
    try {
      database.transact('BEGIN IMMEDIATE', () => {
        for (const statement of sql.planUndo(undo, 'postgres')) database.run(statement);
      });
    } finally {
      database.close();
    }
  }

  async close(): Promise<void> {
    this.#database.close();
  }
}
