import pg from 'pg';
import { DatabaseUsers } from '../users/database-users.ts';
import type { SignIn } from '../users/read-sign-in.ts';
import { dropRolesOfOthers } from './drop-roles-of-others.ts';
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
  #users!: DatabaseUsers;

  private constructor(connectionString: string) {
    this.#connectionString = connectionString;
    this.#pool = new pg.Pool({ connectionString, options: SESSION_OPTIONS, max: 4, idleTimeoutMillis: 1000 });
    this.#pool.on('error', () => undefined);
  }

  /**
   * @param connectionString of an empty database, as a superuser
   * @param administrators passwords by name; more may come later
   */
  static async open(connectionString: string, administrators: ReadonlyMap<string, string>): Promise<RedshiftDatabase> {
    const database = new RedshiftDatabase(connectionString);
    const { rows } = await database.#pool.query("SELECT 1 FROM pg_namespace WHERE nspname = 'redshift'");
    if (rows.length === 0) await database.#install();
    database.#users = await DatabaseUsers.of(database.#pool, administrators);
    return database;
  }

  get users(): DatabaseUsers {
    return this.#users;
  }

  /**
   * A session of its own; temporary tables live in it.
   *
   * @param signIn as whom; as one who may do everything where it is left out
   * @throws DatabaseFault where the sign-in is refused
   */
  async openSession(signIn?: SignIn): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.#connectionString, options: SESSION_OPTIONS });
    client.on('error', () => undefined);
    await client.connect();
    if (signIn === undefined) return client;
    try {
      await this.#users.signIn(client, signIn);
      return client;
    } catch (error) {
      await client.end();
      throw error;
    }
  }

  async createUser(user: string, password: string): Promise<void> {
    const session = await this.openSession();
    try {
      await this.#users.change(session, { action: 'create', user, password });
    } finally {
      await session.end();
    }
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
      await dropRolesOfOthers(client);
    } finally {
      await client.end();
    }
  }
}
