import { type Clock, PortError } from '@weir/core';
import {
  createSchemaTable,
  listMigrations,
  recordMigration,
  requireSchemaNotNewer,
  requireSchemaVersion,
  SCHEMA_VERSION,
  type SchemaSetting,
  SqlReadiness,
  selectSchemaVersion,
} from '@weir/warehouse-sql';
import type { Pool } from 'pg';
import { askPostgres } from './ask-postgres.ts';
import { PostgresSessions, type Session } from './postgres-sessions.ts';

/** Any number, as long as nobody else takes it: whoever creates tables holds it. */
const UPGRADE_LOCK = 4_731_904_226;

/** The first version with `MERGE`. */
const LEAST_SERVER_VERSION = 15;

export interface SchemaUpgrade {
  /** 0 where there was nothing. */
  readonly from: number;
  readonly to: number;
}

/** The tables of the warehouse, as a whole with a version. */
export class PostgresSchema extends SqlReadiness {
  readonly #sessions: PostgresSessions;
  readonly #clock: Clock;

  constructor({ pool, clock }: { readonly pool: Pool; readonly clock: Clock }) {
    const sessions = new PostgresSessions(pool);
    super(askPostgres(sessions));
    this.#sessions = sessions;
    this.#clock = clock;
  }

  /**
   * Creates the tables, or brings them to the version of this code, in one transaction. May be repeated, and called by
   * several at once.
   *
   * @throws PortError `warehouse.schema-too-new`, `warehouse.server-too-old`, `warehouse.encoding-unfit`,
   * `warehouse.unreachable` and the like
   */
  async upgrade(): Promise<SchemaUpgrade> {
    return this.#sessions.use('upgrading the tables', async (session) => {
      await this.#requireServer(session);
      await this.#requireUtf8(session);
      await session.execute('BEGIN');
      await session.execute(`SELECT pg_advisory_xact_lock(${UPGRADE_LOCK})`);
      await session.run(createSchemaTable('postgres'));
      const from = await this.#readVersion(session);
      requireSchemaNotNewer(from, this.#setting);
      for (const { version, statements } of listMigrations('postgres')) {
        if (version <= from) continue;
        for (const text of statements) await session.execute(text);
        await session.run(recordMigration(version, this.#clock.now(), 'postgres'));
      }
      await session.execute('COMMIT');
      return { from, to: SCHEMA_VERSION };
    });
  }

  /**
   * @throws PortError `warehouse.server-too-old`, `warehouse.not-initialised`, `warehouse.schema-too-old`,
   * `warehouse.schema-too-new` and the like
   */
  async check(): Promise<void> {
    await this.#sessions.use('looking at the version of the tables', async (session) => {
      await this.#requireServer(session);
      requireSchemaVersion(await this.#readVersion(session), this.#setting);
    });
  }

  async #readVersion(session: Session): Promise<number> {
    const { rows } = await session.run(selectSchemaVersion());
    return Number(rows[0]!.version);
  }

  async #requireServer(session: Session): Promise<void> {
    const { rows } = await session.run({
      text: "SELECT current_setting('server_version_num') AS number",
      parameters: [],
    });
    const version = Math.floor(Number(rows[0]!.number) / 10_000);
    if (version >= LEAST_SERVER_VERSION) return;
    throw new PortError({
      code: 'warehouse.server-too-old',
      message: `The server at ${this.#sessions.location} is Postgres ${version}, and Weir needs ${LEAST_SERVER_VERSION} or newer.`,
      remedy: 'Upgrade the server, or name another one.',
      context: { location: this.#sessions.location, version },
    });
  }

  async #requireUtf8(session: Session): Promise<void> {
    const { rows } = await session.run({ text: 'SHOW server_encoding', parameters: [] });
    const encoding = rows[0]!.server_encoding ?? '';
    if (encoding === 'UTF8') return;
    throw new PortError({
      code: 'warehouse.encoding-unfit',
      message: `The database at ${this.#sessions.location} has the encoding ${encoding}, which cannot keep every text.`,
      remedy: "Create a database with ENCODING 'UTF8' TEMPLATE template0.",
      context: { location: this.#sessions.location, encoding },
    });
  }

  get #setting(): SchemaSetting {
    return { location: this.#sessions.location, init: 'weir init' };
  }
}
