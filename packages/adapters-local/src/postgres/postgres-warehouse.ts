import type { FailedRun, Stage, Warehouse } from '@weir/core';
import { createTemporaryTable, recordFailedRun, STAGE_TABLES, selectCommittedHashes } from '@weir/warehouse-sql';
import type { Pool } from 'pg';
import { PostgresSchema } from './postgres-schema.ts';
import { PostgresSessions } from './postgres-sessions.ts';
import { PostgresStage } from './postgres-stage.ts';
import { sweepSharedStages } from './sweep-shared-stages.ts';
import { beginWriting, type WriterOptions } from './write-transaction.ts';

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

const KEYS_A_QUESTION = 1000;

/** The tables of Weir in a Postgres database; see `PostgresSchema` for how they come there. */
export class PostgresWarehouse implements Warehouse {
  readonly #options: PostgresWarehouseOptions;
  readonly #sessions: PostgresSessions;
  #checked: Promise<void> | undefined;

  constructor(options: PostgresWarehouseOptions) {
    this.#options = options;
    this.#sessions = new PostgresSessions(options.pool);
  }

  async committedHashes(keys: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    await this.#requireSchema();
    const wanted = [...new Set(keys)];
    const hashes = new Map<string, Set<string>>();
    await this.#sessions.use('looking for committed files', async (session) => {
      for (let i = 0; i < wanted.length; i += KEYS_A_QUESTION) {
        const { rows } = await session.run(selectCommittedHashes(wanted.slice(i, i + KEYS_A_QUESTION), 'postgres'));
        for (const { source_key: key, content_hash: hash } of rows) {
          hashes.set(key!, (hashes.get(key!) ?? new Set()).add(hash!));
        }
      }
    });
    return hashes;
  }

  async openStage(_runId: string): Promise<Stage> {
    await this.#requireSchema();
    const doing = 'opening a stage';
    const session = await this.#sessions.open(doing);
    try {
      // A COPY lasts as long as its files are read.
      await session.execute('SET statement_timeout = 0');
      await sweepSharedStages(session);
      for (const text of STAGE_TABLES.flatMap((table) => createTemporaryTable(table, 'postgres'))) {
        await session.execute(text);
      }
      return new PostgresStage(session, this.#sessions, this.#options);
    } catch (error) {
      session.end(false);
      throw this.#sessions.translate(error, doing);
    }
  }

  async recordFailedRun(run: FailedRun): Promise<void> {
    await this.#sessions.use('recording a failed run', async (session) => {
      await beginWriting(session, this.#options);
      await session.run(recordFailedRun(run, 'postgres'));
      await session.execute('COMMIT');
      await session.execute('RESET ALL');
    });
  }

  /** Asked until it was right once: tables do not go back to an older version. */
  async #requireSchema(): Promise<void> {
    this.#checked ??= new PostgresSchema({ pool: this.#options.pool, clock: { now: () => 0 } }).check();
    try {
      await this.#checked;
    } catch (error) {
      this.#checked = undefined;
      throw error;
    }
  }
}
