import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openPostgresPool } from '@weir/adapters-local';
import { parsePolicy } from '@weir/core';
import type { Pool } from 'pg';
import { runWeir, type WeirEnd, type WeirSetting } from '../command/run-weir.ts';
import { CUSTOMERS, csv, dayFile, PRODUCTS } from '../command/shop-csv.ts';
import { type ShopFile, ShopFolder, toPlaced } from '../command/shop-folder.ts';
import { watchShop } from '../command/watch-shop.ts';
import { findViolations, observe } from '../invariants/index.ts';

/** A shop whose files the real command loads into one database. */
export class LoadShop extends ShopFolder {
  readonly pool: Pool;
  readonly #databaseUrl: string;
  readonly #delivered: ShopFile[] = [];

  private constructor(path: string, databaseUrl: string) {
    super(path);
    this.#databaseUrl = databaseUrl;
    this.pool = openPostgresPool({ connectionString: databaseUrl });
  }

  static async open(path: string, databaseUrl: string): Promise<LoadShop> {
    const shop = new LoadShop(path, databaseUrl);
    await shop.deliver([]);
    const [products, customers] = [join(path, 'products.csv'), join(path, 'customers.csv')];
    await writeFile(products, PRODUCTS);
    await writeFile(customers, CUSTOMERS);
    await shop.weir(['init']);
    await shop.weir(['dimensions', 'load', '--products', products, '--customers', customers]);
    return shop;
  }

  override async deliver(files: readonly ShopFile[]): Promise<void> {
    await super.deliver(files);
    this.#delivered.push(...files);
  }

  weir(args: readonly string[], setting: Omit<WeirSetting, 'databaseUrl'> = {}): Promise<WeirEnd> {
    return runWeir(args, { databaseUrl: this.#databaseUrl, ...setting });
  }

  ingest(setting?: Omit<WeirSetting, 'databaseUrl'>): Promise<WeirEnd> {
    return this.weir(['ingest', '--json', ...this.placeOptions], setting);
  }

  async countFacts(): Promise<number> {
    return Number((await this.pool.query('SELECT COUNT(*) AS facts FROM fact_transactions')).rows[0].facts);
  }

  /** I1, I2, I5, I6, and that nothing waits any more. */
  async findBroken(): Promise<readonly string[]> {
    const observation = await observe(watchShop(this, this.pool));
    const broken = findViolations(observation, { policy: parsePolicy(), delivered: this.#delivered.map(toPlaced) });
    return [...broken, ...observation.landed.map(({ key }) => `${key} still waits`)];
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

/** A file of good rows with ids of their own. */
export function rowsFile(day: string, name: string, rows: number): ShopFile {
  const file = dayFile(day, csv(...Array.from({ length: rows }, (_, i) => ({ id: `${name}-${i}`, quantity: 1, day }))));
  return { ...file, key: file.key.replace('transactions_', `${name}_`) };
}
