import pg from 'pg';
import { INSTALL_REDSHIFT } from './install-redshift.ts';

/** Any number, as long as nobody else takes it: whoever makes domains holds it. */
const DOMAIN_LOCK = 7_203_114;
const SESSION_OPTIONS =
  '-c search_path=public,redshift -c TimeZone=UTC -c DateStyle=ISO -c client_min_messages=error -c jit=off -c work_mem=64MB';

/** The Postgres database behind the simulated Redshift. */
export class RedshiftDatabase {
  readonly #connectionString: string;
  readonly #pool: pg.Pool;
  readonly #domains = new Set<number>();

  private constructor(connectionString: string) {
    this.#connectionString = connectionString;
    this.#pool = new pg.Pool({ connectionString, options: SESSION_OPTIONS, max: 4, idleTimeoutMillis: 1000 });
    this.#pool.on('error', () => undefined);
  }

  /** @param connectionString of an empty database, as a superuser */
  static async open(connectionString: string): Promise<RedshiftDatabase> {
    const database = new RedshiftDatabase(connectionString);
    const { rows } = await database.#pool.query("SELECT 1 FROM pg_namespace WHERE nspname = 'redshift'");
    if (rows.length === 0) await database.#install();
    return database;
  }

  /** A session of its own; temporary tables live in it. */
  async openSession(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.#connectionString, options: SESSION_OPTIONS });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  /** Runs SQL of Postgres, outside of any statement of the Data API. */
  async query<Row extends pg.QueryResultRow = pg.QueryResultRow>(
    sql: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    const { rows } = await this.#pool.query<Row>(sql, [...values]);
    return rows;
  }

  /** Makes the types of columns of up to these many bytes. */
  async ensureLengths(lengths: Iterable<number>): Promise<void> {
    for (const length of lengths) {
      if (this.#domains.has(length)) continue;
      const name = `redshift.redshift_varchar_${length}`;
      await this.#pool.query(`DO $do$ BEGIN
  PERFORM pg_advisory_xact_lock(${DOMAIN_LOCK});
  IF to_regtype('${name}') IS NULL THEN
    CREATE DOMAIN ${name} AS redshift.redshift_varchar COLLATE "C" CHECK (octet_length(VALUE) <= ${length});
  END IF;
END $do$`);
      this.#domains.add(length);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #install(): Promise<void> {
    const client = await this.openSession();
    try {
      await client.query(INSTALL_REDSHIFT);
    } finally {
      await client.end();
    }
  }
}
