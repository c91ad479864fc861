import type { Clock } from '@weir/core';
import {
  createSchemaTable,
  listMigrations,
  recordMigrationAfter,
  requireSchemaNotNewer,
  requireSchemaVersion,
  SCHEMA_TABLE,
  SCHEMA_VERSION,
  type SchemaSetting,
  SqlReadiness,
  type Statement,
  selectSchemaVersion,
} from '@weir/warehouse-sql';
import { askRedshift } from './ask-redshift.ts';
import type { DataApiSession } from './data-api-session.ts';

export interface RedshiftSchemaUpgrade {
  /** 0 where there was nothing. */
  readonly from: number;
  readonly to: number;
}

export interface RedshiftSchemaOptions {
  readonly session: DataApiSession;
  readonly clock: Clock;
  /** How people create the tables, for messages. */
  readonly init?: string | undefined;
}

/** The tables of the warehouse, as a whole with a version. */
export class RedshiftSchema extends SqlReadiness {
  readonly #session: DataApiSession;
  readonly #clock: Clock;
  readonly #init: string;

  constructor({ session, clock, init = 'invoke the dimensions function of the deployment' }: RedshiftSchemaOptions) {
    super(askRedshift(session));
    this.#session = session;
    this.#clock = clock;
    this.#init = init;
  }

  /**
   * Creates the tables, or brings them to the version of this code, each step in one transaction. May be repeated; of several
   * at once one does it, and the others find it done.
   *
   * @throws PortError `warehouse.schema-too-new`, `warehouse.unreachable` and the like
   */
  async upgrade(): Promise<RedshiftSchemaUpgrade> {
    await this.#do([createSchemaTable('redshift')], 0);
    const from = await this.#readVersion();
    requireSchemaNotNewer(from, this.#setting);
    let last = from;
    for (const { version, statements } of listMigrations('redshift')) {
      if (version <= from) continue;
      const steps = statements.map((text, i) => ({ name: `migration-${version}-${i + 1}`, text, parameters: [] }));
      const record = recordMigrationAfter(last, version, this.#clock.now(), 'redshift');
      await this.#do([LOCK_SCHEMA, record, ...steps], version);
      last = version;
    }
    return { from, to: SCHEMA_VERSION };
  }

  /** A step that failed because it is done, by another upgrade or by an earlier try of this one, is a success. */
  async #do(statements: readonly Statement[], version: number): Promise<void> {
    try {
      await this.#session.transact(statements, 'upgrading the tables');
    } catch (error) {
      const reached = await this.#readVersion().catch(() => -1);
      if (reached < version) throw error;
    }
  }

  /** @throws PortError `warehouse.not-initialised`, `warehouse.schema-too-old`, `warehouse.schema-too-new` and the like */
  async check(): Promise<void> {
    requireSchemaVersion(await this.#readVersion(), this.#setting);
  }

  async #readVersion(): Promise<number> {
    const [row] = await this.#session.query(selectSchemaVersion(), 'looking at the version of the tables');
    return Number(row!.version);
  }

  get #setting(): SchemaSetting {
    return { location: this.#session.location, init: this.#init };
  }
}

const LOCK_SCHEMA: Statement = { name: 'lock-schema', text: `LOCK TABLE ${SCHEMA_TABLE.name}`, parameters: [] };
