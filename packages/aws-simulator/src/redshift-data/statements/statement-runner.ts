import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { SimulatorContext } from '../../server/simulator-context.ts';
import { DatabaseFault, toDatabaseFault } from '../database/database-fault.ts';
import type { RedshiftDatabase } from '../database/redshift-database.ts';
import { loadFiles } from '../load/load-files.ts';
import { slowDown } from '../load/s3-fault.ts';
import type { RedshiftOptions } from '../redshift-options.ts';
import { translate } from '../sql/translate.ts';
import { unloadFiles } from '../unload/unload-files.ts';
import { translateRights } from '../users/translate-rights.ts';
import type { RedshiftFaults } from './redshift-faults.ts';
import { BEGIN, type Outcome, runSql } from './run-sql.ts';
import type { SessionPool } from './session-pool.ts';
import { Slots } from './slots.ts';
import type { StatementRecord, SubStatement } from './statement-record.ts';
import type { StatementStore } from './statement-store.ts';

export interface RunnerParts {
  readonly context: Pick<SimulatorContext, 'now' | 'objects' | 'secondMs'>;
  readonly options: RedshiftOptions;
  readonly database: RedshiftDatabase;
  readonly sessions: SessionPool;
  readonly store: StatementStore;
  readonly faults: RedshiftFaults;
}

const FAILURE = 'Query failed because of an internal error of the service';

/** Takes a statement from SUBMITTED to its end. */
export class StatementRunner {
  readonly #parts: RunnerParts;
  readonly #slots: Slots;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    this.#slots = new Slots(parts.options.slots ?? 15);
  }

  /** Never fails: what goes wrong is told by the record. */
  async run(record: StatementRecord): Promise<void> {
    const { store, options, context, faults } = this.#parts;
    const { pace = 2 } = options;
    const nap = faults.takeFor(record, 'wakes-slowly');
    await sleepWhileWanted(record, pace + (nap?.seconds ?? 0) * context.secondMs);
    await this.#slots.use(async () => {
      store.mark(record, 'PICKED');
      await sleep(pace);
      if (record.isCancelled) return this.abort(record);
      store.mark(record, 'STARTED');
      record.startedAt = this.#now();
      try {
        await this.#runOnSession(record);
        store.mark(record, 'FINISHED');
      } catch (error) {
        this.#end(record, toDatabaseFault(error));
      }
    });
  }

  /** Ends a statement that has not begun. */
  abort(record: StatementRecord): void {
    this.#end(record, cancelled());
  }

  #end(record: StatementRecord, fault: DatabaseFault): void {
    const { store } = this.#parts;
    const status = record.isCancelled ? 'ABORTED' : 'FAILED';
    const failed = record.parts.findIndex((part) => part.status === 'FAILED') + 1;
    for (const part of record.parts) store.mark(part, 'ABORTED');
    const where = record.request.isBatch && failed > 0 ? `Query #${failed} failed with ` : '';
    store.mark(record, status, where + fault.message);
  }

  async #runOnSession(record: StatementRecord): Promise<void> {
    const { databases } = this.#parts.options;
    const { database = '' } = record.request;
    if (databases !== undefined && record.request.sessionId === undefined && !databases.includes(database))
      throw new DatabaseFault('3D000', `FATAL: database "${database}" does not exist`);
    await this.#parts.sessions.use(record, async (session) => {
      record.pid = (session as pg.Client & { processID: number }).processID;
      await this.#hang(record);
      requireWanted(record);
      if (this.#parts.faults.takeFor(record, 'is-cancelled')) throw new DatabaseFault('57014', 'Query cancelled');
      if (record.request.mode === 'TRANSACTION') await this.#runTogether(record, session);
      else await this.#runApart(record, session);
      if (this.#parts.faults.takeFor(record, 'loses-results') !== undefined) record.isResultLost = true;
    });
  }

  /** All statements are one transaction. */
  async #runTogether(record: StatementRecord, session: pg.Client): Promise<void> {
    const { faults } = this.#parts;
    await session.query(BEGIN);
    try {
      for (const part of record.parts) await this.#runPart(record, part, session);
      requireWanted(record);
      if (faults.takeFor(record, 'serialization-failure')) throw Object.assign(new Error(), { code: '40001' });
      await session.query('COMMIT');
    } catch (error) {
      await session.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
    if (faults.takeFor(record, 'fails-after-commit')) throw new DatabaseFault('XX000', FAILURE);
  }

  /** Each statement is a transaction; the first that fails ends the batch. */
  async #runApart(record: StatementRecord, session: pg.Client): Promise<void> {
    for (const part of record.parts) {
      await session.query(BEGIN);
      try {
        await this.#runPart(record, part, session);
        await session.query('COMMIT');
      } catch (error) {
        await session.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    }
  }

  async #runPart(record: StatementRecord, part: SubStatement, session: pg.Client): Promise<void> {
    requireWanted(record);
    const { store } = this.#parts;
    part.startedAt = this.#now();
    part.queryId = store.nextQueryId();
    store.mark(part, 'STARTED');
    try {
      const { rows, result } = await this.#execute(record, part, session);
      part.rows = rows;
      part.result = result;
      store.mark(part, 'FINISHED');
    } catch (error) {
      const fault = toDatabaseFault(error);
      store.mark(part, record.isCancelled ? 'ABORTED' : 'FAILED', fault.message);
      throw fault;
    }
  }

  async #execute(record: StatementRecord, part: SubStatement, session: pg.Client): Promise<Outcome> {
    const { database, context, options, faults } = this.#parts;
    const statement = translate(part.sql);
    const { objects } = context;
    const { roles, slices = 2 } = options;
    const place = { session, database, objects, roles, slices, queryId: part.queryId, now: this.#now() };
    if (statement.kind === 'copy' && faults.takeFor(record, 'slow-down')) throw slowDown();
    if (statement.kind === 'copy') return { rows: await loadFiles(statement.copy, place) };
    if (statement.kind === 'unload') return { rows: await unloadFiles(statement.unload, place) };
    if (statement.kind === 'user') {
      await database.users.change(session, statement.user);
      return { rows: 0 };
    }
    if (statement.kind === 'rights') {
      await session.query(translateRights(statement.tokens, database.users.names));
      return { rows: 0 };
    }
    await database.ensureLengths(statement.lengths);
    return runSql(session, statement, record.request.parameters);
  }

  async #hang(record: StatementRecord): Promise<void> {
    if (this.#parts.faults.takeFor(record, 'hangs') === undefined) return;
    await sleepWhileWanted(record, Number.POSITIVE_INFINITY);
  }

  #now(): number {
    return this.#parts.context.now().getTime();
  }
}

async function sleepWhileWanted(record: StatementRecord, milliseconds: number): Promise<void> {
  const until = performance.now() + milliseconds;
  for (let left = milliseconds; left > 0 && !record.isCancelled; left = until - performance.now())
    await sleep(Math.min(left, 10));
}

/** A cancellation that came between two statements of SQL stopped neither. */
function requireWanted({ isCancelled }: StatementRecord): void {
  if (isCancelled) throw cancelled();
}

function cancelled(): DatabaseFault {
  return new DatabaseFault('57014', "Query cancelled on user's request");
}
