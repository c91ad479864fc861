import type { PostgresPlace } from './postgres-place.ts';

/** Looks into a place from outside the adapters. */
export class PostgresProbe {
  readonly #place: PostgresPlace;

  constructor(place: PostgresPlace) {
    this.#place = place;
  }

  async rows(query: string): Promise<Record<string, unknown>[]> {
    return (await this.#place.pool.query(query)).rows;
  }

  /** Rows in all tables that a run writes. */
  async countAll(): Promise<number> {
    const tables = ['fact_transactions', 'ingest_run', 'ingest_file', 'ingest_reject', 'ingest_decision'];
    const counts = tables.map((table) => `(SELECT count(*) FROM ${table})`);
    const [row] = await this.rows(`SELECT ${counts.join(' + ')} AS total`);
    return Number(row!.total);
  }

  /** Waits until some session of the place waits for the writers' lock, and gives its process id. */
  async waitForWaiter(): Promise<number> {
    for (;;) {
      const [waiter] = await this.rows(
        `SELECT l.pid FROM pg_locks l WHERE NOT l.granted AND l.relation = to_regclass('ingest_lock')`,
      );
      if (waiter !== undefined) return Number(waiter.pid);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
