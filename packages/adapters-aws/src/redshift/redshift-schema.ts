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
  type Statement,
  selectSchemaVersion,
} from '@weir/warehouse-sql';
import type { DataApiSession } from './data-api-session.ts';

export interface RedshiftSchemaUpgrade {
  /** 0 where there was nothing. */
  readonly from: number;
  readonly to: number;
}

/** The tables of the warehouse, as a whole with a version. */
export class RedshiftSchema {
  readonly #session: DataApiSession;
  readonly #clock: Clock;

  constructor({ session, clock }: { readonly session: DataApiSession; readonly clock: Clock }) {
    this.#session = session;
    this.#clock = clock;
  }

  /**
   * Creates the tables, or brings them to the version of this code, each step in one transaction. May be repeated; of several
   * at once one does it, and the others fail and may be repeated.
   *
   * @throws PortError `warehouse.schema-too-new`, `warehouse.unreachable` and the like
   */
  async upgrade(): Promise<RedshiftSchemaUpgrade> {
    const doing = 'upgrading the tables';
    await this.#session.transact([createSchemaTable('redshift')], doing);
    const from = await this.#readVersion();
    requireSchemaNotNewer(from, this.#setting);
    let last = from;
    for (const { version, statements } of listMigrations('redshift')) {
      if (version <= from) continue;
      const steps = statements.map((text, i) => ({ name: `migration-${version}-${i + 1}`, text, parameters: [] }));
      const record = recordMigrationAfter(last, version, this.#clock.now(), 'redshift');
      await this.#session.transact([LOCK_SCHEMA, record, ...steps], doing);
      last = version;
    }
    return { from, to: SCHEMA_VERSION };
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
    return { location: this.#session.location, init: 'invoke the dimensions function of the deployment' };
  }
}

const LOCK_SCHEMA: Statement = { name: 'lock-schema', text: `LOCK TABLE ${SCHEMA_TABLE.name}`, parameters: [] };
