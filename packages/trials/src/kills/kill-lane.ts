import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPostgresPool } from '@weir/adapters-local';
import type { Pool } from 'pg';
import { runWeir, type WeirEnd } from '../command/run-weir.ts';
import { CUSTOMERS, PRODUCTS } from '../command/shop-csv.ts';
import { ShopFolder } from '../command/shop-folder.ts';
import type { ExternalCall, KillPoint } from './kill-point.ts';
import { HISTORY, WAITING } from './waiting-shop.ts';

/** How the command is asked to work. */
export interface KillSetting {
  readonly connections: 1 | 2;
  readonly threads: 1 | 2;
}

const HOOK = new URL('./kill-hook.ts', import.meta.url);
const THRESHOLDS = new URL('./lower-thresholds.ts', import.meta.url);
const TABLES = ['fact_transactions', 'ingest_run', 'ingest_file', 'ingest_reject', 'ingest_decision'];

/** A database and a folder in which one point after the other is tried, each time from the same state. */
export class KillLane {
  readonly pool: Pool;
  readonly #databaseUrl: string;
  readonly #folder: string;
  #shops = 0;

  private constructor(databaseUrl: string, folder: string) {
    this.#databaseUrl = databaseUrl;
    this.#folder = folder;
    this.pool = openPostgresPool({ connectionString: databaseUrl });
  }

  static async open(databaseUrl: string, folder: string): Promise<KillLane> {
    const lane = new KillLane(databaseUrl, folder);
    await mkdir(folder, { recursive: true });
    const history = new ShopFolder(`${folder}/history`);
    await history.deliver(HISTORY);
    await writeFile(`${folder}/products.csv`, PRODUCTS);
    await writeFile(`${folder}/customers.csv`, CUSTOMERS);
    await lane.#must('init');
    await lane.#must(
      'dimensions',
      'load',
      '--products',
      `${folder}/products.csv`,
      '--customers',
      `${folder}/customers.csv`,
    );
    await lane.#must('ingest', ...history.placeOptions);
    await lane.pool.query(
      `CREATE SCHEMA saved; ${TABLES.map((table) => `CREATE TABLE saved.${table} AS TABLE ${table};`).join(' ')}`,
    );
    return lane;
  }

  /** The shop with its files waiting, and the database as it was before them. */
  async begin(): Promise<ShopFolder> {
    // The lock waits for what killed processes left running.
    const restore = TABLES.map((table) => `TRUNCATE ${table}; INSERT INTO ${table} SELECT * FROM saved.${table};`);
    await this.pool.query(`LOCK TABLE ingest_lock; ${restore.join(' ')}`);
    const shop = new ShopFolder(`${this.#folder}/shop-${++this.#shops}`);
    await cp(`${this.#folder}/history`, shop.path, { recursive: true, preserveTimestamps: true });
    await shop.deliver(WAITING);
    return shop;
  }

  /** `weir ingest`, killed at a point where one is given. */
  async ingest(shop: ShopFolder, { connections, threads }: KillSetting, point?: KillPoint): Promise<WeirEnd> {
    const thresholds = connections > 1 || threads > 1 ? [THRESHOLDS] : [];
    const numbers = ['--connections', `${connections}`, '--threads', `${threads}`];
    return runWeir(['ingest', '--json', ...numbers, ...shop.placeOptions], {
      databaseUrl: this.#databaseUrl,
      preload: point === undefined ? thresholds : [...thresholds, HOOK],
      env: {
        WEIR_TRIAL_FOLDER: shop.path,
        WEIR_TRIAL_CALL: String(point?.call),
        WEIR_TRIAL_MOMENT: String(point?.moment),
        WEIR_TRIAL_LOG: this.#callsOf(shop),
      },
    });
  }

  /** The external calls of the last run that was counted and came to its end. */
  async calls(shop: ShopFolder): Promise<readonly ExternalCall[]> {
    return JSON.parse(await readFile(this.#callsOf(shop), 'utf8'));
  }

  /** Waits until the server has noticed that a process died. */
  async settle(): Promise<void> {
    const others = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name IN ('weir', 'weir helper')
      AND pid <> pg_backend_pid() AND state <> 'idle'`;
    while ((await this.pool.query(others)).rows.length > 0) await sleep(5);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  #callsOf(shop: ShopFolder): string {
    return `${shop.path}.calls.json`;
  }

  async #must(...args: string[]): Promise<void> {
    const { code, stderr } = await runWeir(args, { databaseUrl: this.#databaseUrl });
    if (code !== 0) throw new Error(`weir ${args[0]} ended with ${code}: ${stderr}`);
  }
}
