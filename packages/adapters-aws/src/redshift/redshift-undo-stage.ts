import { PortError, type UndoStage, type UndoToCommit } from '@weir/core';
import {
  createTemporaryTable,
  encodeUndoSources,
  formatTimestamp,
  planUndo,
  STAGE_ROW_TABLE,
  STAGE_UNDO_SOURCE_TABLE,
  selectRun,
  UNDO_TABLES,
} from '@weir/warehouse-sql';
import { StagedFileWriter } from '../s3/staged-file-writer.ts';
import { DataApiFault } from './data-api-fault.ts';
import type { DataApiSession } from './data-api-session.ts';
import { FILE_NO_OF_STAGE, fillStage } from './fill-stage.ts';
import type { StagingPlace } from './staging-place.ts';

/** Staged objects under one prefix; Redshift sees them at the commit only. What is left in S3 expires there. */
export class RedshiftUndoStage implements UndoStage {
  readonly #session: DataApiSession;
  readonly #place: StagingPlace;
  readonly #prefix: string;
  readonly #writer: StagedFileWriter;
  #isOpen = true;

  /** @param prefix with its last `/`; nobody else writes below it */
  constructor(session: DataApiSession, place: StagingPlace, prefix: string) {
    this.#session = session;
    this.#place = place;
    this.#prefix = prefix;
    this.#writer = new StagedFileWriter({ ...place, prefix, fileNo: FILE_NO_OF_STAGE });
  }

  async writeRows(lines: Uint8Array): Promise<void> {
    this.#requireOpen();
    await this.#writer.writeRows(lines);
  }

  async commit(undo: UndoToCommit): Promise<void> {
    this.#requireOpen();
    this.#isOpen = false;
    const copies = await fillStage(this.#place, this.#prefix, [
      { name: 'rows', table: STAGE_ROW_TABLE, from: { keys: (await this.#writer.end()).map(({ key }) => key) } },
      { name: 'sources', table: STAGE_UNDO_SOURCE_TABLE, from: { lines: encodeUndoSources(undo.sources) } },
    ]);
    const create = UNDO_TABLES.map((table) => createTemporaryTable(table, 'redshift'));
    const [lock, ...afterLock] = planUndo(undo, 'redshift');
    const statements = [lock!, ...create, ...copies, ...afterLock];
    await this.#session.use('undoing a run', () =>
      this.#session.retry(async (attempt) => {
        try {
          await this.#session.attempt(statements, `${this.#prefix}#${attempt}`);
        } catch (error) {
          if (!(error instanceof DataApiFault) || error.phase === 'refused') throw error;
          // A statement that was committed and then reported an error is a success.
          if (await this.#isUndone(undo, error)) return;
          if (error.phase === 'unanswered') throw unknown(this.#session, undo, error);
          throw error;
        }
      }),
    );
  }

  async close(): Promise<void> {
    this.#isOpen = false;
  }

  /** @throws PortError `warehouse.commit-unknown` where that cannot be asked */
  async #isUndone(undo: UndoToCommit, cause: DataApiFault): Promise<boolean> {
    const { runId, undoneAt } = undo;
    try {
      const { rows } = await this.#session.transact(
        // The lost transaction may still be at work: it holds the lock, so that its end is known once we have it.
        [planUndo(undo, 'redshift')[0]!, selectRun(runId, 'redshift')],
        'looking for the outcome of an undo',
      );
      const [entry] = await rows('select-run');
      return entry?.undone_at === formatTimestamp(undoneAt);
    } catch {
      throw unknown(this.#session, undo, cause);
    }
  }

  #requireOpen(): void {
    if (this.#isOpen) return;
    throw new PortError({ code: 'warehouse.stage-closed', message: 'This undo was ended already.' });
  }
}

function unknown(session: DataApiSession, { runId }: UndoToCommit, cause: unknown): PortError {
  return new PortError({
    code: 'warehouse.commit-unknown',
    message: `The outcome of the undo of run ${runId} is not known: Redshift at ${session.location} cannot be asked.`,
    remedy: 'Undo again when it answers: a run that is undone says so.',
    retryable: true,
    context: { location: session.location, runId },
    cause,
  });
}
