import { PortError, type UndoStage, type UndoToCommit } from '@weir/core';
import {
  encodeUndoSources,
  formatTimestamp,
  planUndo,
  STAGE_ROW_TABLE,
  STAGE_UNDO_SOURCE_TABLE,
  selectRun,
} from '@weir/warehouse-sql';
import { CopyInto, copyAll } from './copy-into.ts';
import { isConnectionLoss } from './postgres-error.ts';
import type { PostgresSessions, Session } from './postgres-sessions.ts';
import { askAsWriter, beginWriting, type WriterOptions } from './write-transaction.ts';

const DOING = 'undoing a run';

/** The temporary tables of one connection, which end with it, whatever happens. */
export class PostgresUndoStage implements UndoStage {
  readonly #session: Session;
  readonly #sessions: PostgresSessions;
  readonly #options: WriterOptions;
  #rows: CopyInto | undefined;
  #isOpen = true;

  /** @param session has the tables of an undo, which are empty */
  constructor(session: Session, sessions: PostgresSessions, options: WriterOptions) {
    this.#session = session;
    this.#sessions = sessions;
    this.#options = options;
  }

  writeRows(lines: Uint8Array): Promise<void> {
    return this.#do('staging rows that come back', async () => {
      this.#rows ??= new CopyInto(this.#session, STAGE_ROW_TABLE);
      await this.#rows.write(lines);
    });
  }

  async commit(undo: UndoToCommit): Promise<void> {
    await this.#do('ending an undo', async () => {
      await this.#rows?.end();
      await copyAll(this.#session, STAGE_UNDO_SOURCE_TABLE, encodeUndoSources(undo.sources));
    });
    this.#isOpen = false;
    await this.#change(undo);
    try {
      await this.#session.execute('COMMIT');
    } catch (error) {
      // The server said no, so it is known that nothing was changed. Otherwise the answer was lost: ask, never guess.
      if (!isConnectionLoss(error)) throw this.#sessions.translate(error, DOING);
      await this.#requireUndone(undo, error);
    }
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    this.#session.end(false);
  }

  async #change(undo: UndoToCommit): Promise<void> {
    const [, ...afterLock] = planUndo(undo, 'postgres');
    try {
      await beginWriting(this.#session, this.#options);
      for (const statement of afterLock) await this.#session.run(statement);
    } catch (error) {
      await this.#session.execute('ROLLBACK').catch(() => undefined);
      throw this.#sessions.translate(error, DOING);
    }
  }

  async #requireUndone({ runId, undoneAt }: UndoToCommit, cause: unknown): Promise<void> {
    const { location } = this.#sessions;
    const context = { location, runId };
    const doing = 'looking for the outcome of an undo';
    let isUndone: boolean;
    try {
      const [runs] = await askAsWriter(this.#sessions, doing, [selectRun(runId, 'postgres')], this.#options);
      isUndone = runs![0]?.undone_at === formatTimestamp(undoneAt);
    } catch (error) {
      throw new PortError({
        code: 'warehouse.commit-unknown',
        message: `The answer to the undo of run ${runId} was lost, and Postgres at ${location} cannot be asked.`,
        remedy: 'Undo again when the server is back: a run that is undone says so.',
        retryable: true,
        context,
        cause: error,
      });
    }
    if (isUndone) return;
    throw new PortError({
      code: 'warehouse.unreachable',
      message: `The connection to Postgres at ${location} was lost before the commit; nothing of run ${runId} was undone.`,
      remedy: 'Undo again.',
      retryable: true,
      context: { ...context, reason: 'connection-lost' },
      cause,
    });
  }

  async #do(doing: string, work: () => Promise<void>): Promise<void> {
    if (!this.#isOpen) throw new PortError({ code: 'warehouse.stage-closed', message: 'This undo was ended already.' });
    try {
      await work();
    } catch (error) {
      throw this.#sessions.translate(error, doing);
    }
  }
}
