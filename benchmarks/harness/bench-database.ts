import { join } from 'node:path';
import { openEmbeddedPostgres } from '../../packages/adapters-local/src/embedded-postgres/open-embedded-postgres.ts';
import { openPostgresPool } from '../../packages/adapters-local/src/postgres/open-postgres-pool.ts';
import { benchFolder } from './places.ts';
import { tellProgress } from './progress.ts';

const CONTENT =
  'transaction_id, customer_id, product_id, quantity, price, transaction_date, payment_type, status, status_rank, ' +
  'total_amount, amount_class, product_name, category, supplier_id, list_price, membership_level, source_line';

/** The Postgres that comes with Weir, with its settings, and databases in it that can be put back to a known state. */
export class BenchServer {
  private readonly connectionString: string;
  private readonly stop: () => Promise<void>;

  private constructor(connectionString: string, stop: () => Promise<void>) {
    this.connectionString = connectionString;
    this.stop = stop;
  }

  static async open(): Promise<BenchServer> {
    const dataDirectory = join(benchFolder, 'postgres');
    const server = await openEmbeddedPostgres({ dataDirectory, onNotice: tellProgress });
    return new BenchServer(server.connectionString, () => server.close());
  }

  urlOf(database: string): string {
    const url = new URL(this.connectionString);
    url.pathname = `/${database}`;
    return url.href;
  }

  /** Makes the database anew, empty or as another one is. What that wrote is on disk before it returns. */
  async makeAnew(database: string, template = 'template0'): Promise<void> {
    await this.query('postgres', `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    await this.query('postgres', `CREATE DATABASE ${database} TEMPLATE ${template} STRATEGY file_copy`);
    await this.query('postgres', 'CHECKPOINT');
  }

  async drop(database: string): Promise<void> {
    await this.query('postgres', `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  }

  /** All facts in one line, whatever their order; where they came from and when apart. */
  async digestFacts(database: string): Promise<string> {
    const hash = `hashtextextended(ROW(${CONTENT})::text, 0)`;
    const sql = `SELECT COUNT(*) || ' facts ' || SUM(${hash}::numeric) AS digest FROM fact_transactions`;
    return (await this.query(database, sql))[0]!.digest!;
  }

  async query(database: string, sql: string): Promise<Record<string, string>[]> {
    const pool = openPostgresPool({ connectionString: this.urlOf(database) });
    try {
      return (await pool.query(sql)).rows;
    } finally {
      await pool.end();
    }
  }

  async close(): Promise<void> {
    await this.stop();
  }
}
