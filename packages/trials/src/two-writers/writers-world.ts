import { openPostgresPool, PostgresSchema, SystemClock } from '@weir/adapters-local';
import { ingestRun, parsePolicy } from '@weir/core';
import type { Pool } from 'pg';
import { createPorts } from '../command/create-ports.ts';
import { type DatabaseState, readState } from '../command/database-state.ts';
import { type ShopFile, ShopFolder, toPlaced } from '../command/shop-folder.ts';
import { watchShop } from '../command/watch-shop.ts';
import { findViolations, observe } from '../invariants/index.ts';
import { GatedPool } from './gated-pool.ts';
import { loadDimensions } from './load-dimensions.ts';

/** One database for two writers and a reader. */
export class WritersWorld {
  /** The reader's. */
  readonly observer: Pool;
  readonly a: GatedPool;
  readonly b: GatedPool;
  readonly #folder: string;
  #shops = 0;

  private constructor(connectionString: string, folder: string) {
    this.observer = openPostgresPool({ connectionString });
    this.a = new GatedPool(connectionString);
    this.b = new GatedPool(connectionString);
    this.#folder = folder;
  }

  static async open(connectionString: string, folder: string): Promise<WritersWorld> {
    const world = new WritersWorld(connectionString, folder);
    await new PostgresSchema({ pool: world.observer, clock: new SystemClock() }).upgrade();
    return world;
  }

  /** A shop where the files wait, and a database with nothing but the old dimensions. */
  async begin(files: readonly ShopFile[]): Promise<ShopFolder> {
    await this.observer.query(
      'TRUNCATE fact_transactions, ingest_run, ingest_file, ingest_reject, ingest_decision, dim_products, dim_customers',
    );
    await loadDimensions(this.observer, 'old');
    const shop = new ShopFolder(`${this.#folder}/${++this.#shops}`);
    await shop.deliver(files);
    return shop;
  }

  /** A run of nobody else's, as the next `weir ingest` would be. */
  async ingest(shop: ShopFolder): Promise<void> {
    await ingestRun(createPorts(shop, this.observer), { runId: `plain-${this.#shops}`, policy: parsePolicy() });
  }

  async state(): Promise<DatabaseState> {
    return readState(this.observer);
  }

  /** I1, I2, I5, I6. */
  async findBroken(shop: ShopFolder, files: readonly ShopFile[]): Promise<readonly string[]> {
    const observation = await observe(watchShop(shop, this.observer));
    return findViolations(observation, { policy: parsePolicy(), delivered: files.map(toPlaced) });
  }

  async close(): Promise<void> {
    await Promise.all([this.observer, this.a.pool, this.b.pool].map((pool) => pool.end()));
  }
}
