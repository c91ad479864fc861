import type { FailedRun, Stage, Warehouse } from '@weir/core';
import {
  createTemporaryTable,
  findCommittedHashes,
  recordFailedRun,
  STAGE_TABLES,
  untilItHolds,
} from '@weir/warehouse-sql';
import type { Pool } from 'pg';
import { askPostgres } from './ask-postgres.ts';
import { PostgresSchema } from './postgres-schema.ts';
import { PostgresSessions } from './postgres-sessions.ts';
import { PostgresStage } from './postgres-stage.ts';
import { sweepSharedStages } from './sweep-shared-stages.ts';
import { runAsWriter, type WriterOptions } from './write-transaction.ts';

export interface PostgresWarehouseOptions extends WriterOptions {
  /** A stage holds one of its connections from its opening to its closing, and a second one where `connections` is 2. */
  readonly pool: Pool;
  /**
   * Connections over which a large run is loaded and decided; 1 (the default) or 2. With 2 the user must be allowed to
   * create tables, which are dropped when the run ends; the commit is one transaction all the same.
   */
  readonly connections?: 1 | 2 | undefined;
  /** Bytes of rows with which a second connection is worth its while; fewer wait in memory. Default 8 MiB. */
  readonly leastBytesShared?: number | undefined;
  /** Milliseconds to go on looking for the outcome of a commit whose answer was lost. Default 30,000. */
  readonly lookUpTimeout?: number | undefined;
  /** Told how long each statement of a commit took, in milliseconds. */
  readonly onStatement?: ((name: string, milliseconds: number, rows: number) => void) | undefined;
}

/** The tables of Weir in a Postgres database; see `PostgresSchema` for how they come there. */
export class PostgresWarehouse implements Warehouse {
  readonly #options: PostgresWarehouseOptions;
  readonly #sessions: PostgresSessions;
  /** Once: tables do not go back to an older version. */
  readonly #requireSchema: () => Promise<void>;

  constructor(options: PostgresWarehouseOptions) {
    this.#options = options;
    this.#sessions = new PostgresSessions(options.pool);
    const schema = new PostgresSchema({ pool: options.pool, clock: { now: () => 0 } });
    this.#requireSchema = untilItHolds(() => schema.check());
  }

  async committedHashes(keys: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    await this.#requireSchema();
    return findCommittedHashes(askPostgres(this.#sessions), keys);
  }

  async openStage(_runId: string): Promise<Stage> {
    await this.#requireSchema();
    const doing = 'opening a stage';
    const session = await this.#sessions.open(doing);
    try {
      // A COPY lasts as long as its files are read.
      await session.execute('SET statement_timeout = 0');
      await sweepSharedStages(session);
      for (const table of STAGE_TABLES) await session.run(createTemporaryTable(table, 'postgres'));
      return new PostgresStage(session, this.#sessions, this.#options);
    } catch (error) {
      session.end(false);
      throw this.#sessions.translate(error, doing);
    }
  }

  async recordFailedRun(run: FailedRun): Promise<void> {
    await runAsWriter(this.#sessions, 'recording a failed run', recordFailedRun(run, 'postgres'), this.#options);
  }
}
