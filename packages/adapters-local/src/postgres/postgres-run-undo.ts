import type { Policy, RunUndo, UndoStage, UndoStep } from '@weir/core';
import { createTemporaryTable, readUndoSteps, selectUndoSteps, UNDO_TABLES } from '@weir/warehouse-sql';
import type { Pool } from 'pg';
import { copyOut } from './copy-out.ts';
import { PostgresSessions } from './postgres-sessions.ts';
import { PostgresUndoStage } from './postgres-undo-stage.ts';
import { SET_FOR_WHOLE_TABLES } from './whole-tables.ts';
import type { WriterOptions } from './write-transaction.ts';

export interface PostgresRunUndoOptions extends WriterOptions {
  /** While steps are read and rows are staged, one of its connections is held for each. */
  readonly pool: Pool;
}

/** Finds what stands without a run among the decisions, and puts it back. */
export class PostgresRunUndo implements RunUndo {
  readonly #options: PostgresRunUndoOptions;
  readonly #sessions: PostgresSessions;

  constructor(options: PostgresRunUndoOptions) {
    this.#options = options;
    this.#sessions = new PostgresSessions(options.pool);
  }

  steps(runId: string, policy: Policy): AsyncIterable<readonly UndoStep[]> {
    const query = selectUndoSteps(runId, policy, 'postgres');
    return readUndoSteps(copyOut(this.#sessions, query, 'looking what an undo is to do'));
  }

  async openUndo(_runId: string): Promise<UndoStage> {
    const doing = 'opening an undo';
    const session = await this.#sessions.open(doing);
    try {
      await session.execute(SET_FOR_WHOLE_TABLES);
      for (const table of UNDO_TABLES) await session.run(createTemporaryTable(table, 'postgres'));
      return new PostgresUndoStage(session, this.#sessions, this.#options);
    } catch (error) {
      session.end(false);
      throw this.#sessions.translate(error, doing);
    }
  }
}
