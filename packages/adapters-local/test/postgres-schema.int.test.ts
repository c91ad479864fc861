import { describe, expect, test } from '@jest/globals';
import { FixedClock } from '@weir/core/testing';
import { createSchemaTable, listMigrations, SCHEMA_VERSION } from '@weir/warehouse-sql';
import { openPostgresPool, PostgresDimensionCatalog, PostgresSchema, PostgresWarehouse } from '../src/index.ts';
import { openEmptyPlace, openPlace, type PostgresPlace, runOn } from './postgres-place.ts';

function schemaOf({ pool }: Pick<PostgresPlace, 'pool'>): PostgresSchema {
  return new PostgresSchema({ pool, clock: new FixedClock(Date.UTC(2023, 2, 15)) });
}

describe('PostgresSchema', () => {
  test('creates the tables, and has nothing to do when repeated', async () => {
    const place = await openEmptyPlace();
    const schema = schemaOf(place);
    expect(await schema.upgrade()).toEqual({ from: 0, to: SCHEMA_VERSION });
    expect(await schema.upgrade()).toEqual({ from: SCHEMA_VERSION, to: SCHEMA_VERSION });
    await schema.check();
    const { rows } = await place.pool.query('SELECT version, applied_at::text FROM weir_schema ORDER BY version');
    const versions = Array.from({ length: SCHEMA_VERSION }, (_, i) => i + 1);
    expect(rows).toEqual(versions.map((version) => ({ version, applied_at: '2023-03-15 00:00:00' })));
  });

  test('brings tables of the first version to what a new database has', async () => {
    const [old, fresh] = [await openEmptyPlace(), await openPlace()];
    for (const text of [createSchemaTable('postgres').text, ...listMigrations('postgres')[0]!.statements]) {
      await old.pool.query(text);
    }
    await old.pool.query(`INSERT INTO weir_schema VALUES (1, '2023-03-15')`);
    expect(await schemaOf(old).upgrade()).toEqual({ from: 1, to: SCHEMA_VERSION });
    expect(await describeTables(old)).toEqual(await describeTables(fresh));
  });

  test('may be called by several at once', async () => {
    const place = await openEmptyPlace();
    const upgrades = await Promise.all([1, 2, 3, 4, 5].map(() => schemaOf(place).upgrade()));
    expect(upgrades.map(({ from }) => from).sort()).toEqual([0, ...Array(4).fill(SCHEMA_VERSION)]);
    expect((await place.pool.query('SELECT * FROM weir_schema')).rows).toHaveLength(SCHEMA_VERSION);
  });

  test('orders keys by their bytes, and gives the fact table no index but its key and no foreign keys', async () => {
    const { pool } = await openPlace();
    const { rows: indexes } = await pool.query(
      `SELECT indexname FROM pg_indexes WHERE tablename = 'fact_transactions' AND schemaname = current_schema()`,
    );
    expect(indexes).toHaveLength(1);
    const { rows: foreign } = await pool.query(
      `SELECT 1 FROM pg_constraint WHERE contype = 'f' AND connamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())`,
    );
    expect(foreign).toHaveLength(0);
    const { rows: columns } = await pool.query(
      `SELECT table_name, column_name, collation_name FROM information_schema.columns
       WHERE table_schema = current_schema() AND column_name IN ('transaction_id', 'source_key', 'run_id', 'content_hash')`,
    );
    expect(columns.length).toBeGreaterThan(9);
    expect(columns.filter(({ collation_name }) => collation_name !== 'C')).toEqual([]);
  });

  test('leaves nothing behind when it fails', async () => {
    const place = await openEmptyPlace();
    await place.pool.query('CREATE TABLE ingest_run (mine INTEGER)');
    await expect(schemaOf(place).upgrade()).rejects.toMatchObject({ code: 'warehouse.failed' });
    await expect(place.pool.query('SELECT 1 FROM weir_schema')).rejects.toThrow(/does not exist/);
    await place.pool.query('DROP TABLE ingest_run');
    expect(await schemaOf(place).upgrade()).toEqual({ from: 0, to: SCHEMA_VERSION });
  });

  test('refuses tables of a newer release, and so does the warehouse', async () => {
    const place = await openPlace();
    await place.pool.query(`INSERT INTO weir_schema VALUES (99, '2030-01-01')`);
    const tooNew = {
      code: 'warehouse.schema-too-new',
      retryable: false,
      context: { version: 99, expected: SCHEMA_VERSION },
    };
    await expect(schemaOf(place).check()).rejects.toMatchObject(tooNew);
    await expect(schemaOf(place).upgrade()).rejects.toMatchObject(tooNew);
    const warehouse = new PostgresWarehouse({ pool: place.pool });
    await expect(warehouse.openStage('run-1')).rejects.toMatchObject(tooNew);
    await expect(warehouse.committedHashes(['a.csv'])).rejects.toMatchObject(tooNew);
  });

  test('asks for an upgrade of older tables', async () => {
    const place = await openPlace();
    await place.pool.query('UPDATE weir_schema SET version = -version');
    await expect(schemaOf(place).check()).rejects.toMatchObject({ code: 'warehouse.schema-too-old' });
  });

  test('says that tables are missing, everywhere', async () => {
    const place = await openEmptyPlace();
    const missing = {
      code: 'warehouse.not-initialised',
      retryable: false,
      remedy: expect.stringContaining('weir init'),
    };
    const warehouse = new PostgresWarehouse({ pool: place.pool });
    await expect(schemaOf(place).check()).rejects.toMatchObject(missing);
    await expect(warehouse.openStage('run-1')).rejects.toMatchObject(missing);
    await expect(warehouse.committedHashes(['a.csv'])).rejects.toMatchObject(missing);
    const read = async () => {
      for await (const _ of new PostgresDimensionCatalog({ pool: place.pool }).read('products'));
    };
    await expect(read()).rejects.toMatchObject(missing);
    await schemaOf(place).upgrade();
    expect((await warehouse.committedHashes(['a.csv'])).size).toBe(0);
  });

  test('refuses a server without MERGE', async () => {
    const place = await openPlace();
    await runOn(
      place.connectionString,
      "CREATE FUNCTION current_setting(text) RETURNS text LANGUAGE sql AS $$ SELECT '140012' $$",
    );
    // Ours is found before that of the server.
    const url = new URL(place.connectionString);
    url.searchParams.set('options', `${url.searchParams.get('options')},pg_catalog`);
    const pool = openPostgresPool({ connectionString: url.href });
    const tooOld = { code: 'warehouse.server-too-old', context: { version: 14 } };
    try {
      await expect(schemaOf({ pool }).upgrade()).rejects.toMatchObject(tooOld);
      await expect(schemaOf({ pool }).check()).rejects.toMatchObject(tooOld);
    } finally {
      await pool.end();
    }
  });

  test('refuses a database that cannot keep every text', async () => {
    const place = await openEmptyPlace();
    const name = `weir_latin_${process.pid}_${performance.now().toFixed(0)}`;
    await runOn(place.connectionString, `CREATE DATABASE ${name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
    const url = new URL(place.connectionString);
    url.pathname = `/${name}`;
    url.search = '';
    const pool = openPostgresPool({ connectionString: url.href });
    try {
      await expect(schemaOf({ pool }).upgrade()).rejects.toMatchObject({ code: 'warehouse.encoding-unfit' });
    } finally {
      await pool.end();
      await runOn(place.connectionString, `DROP DATABASE ${name}`);
    }
  });
});

/** Columns in their order, keys and indexes. */
async function describeTables({ pool }: PostgresPlace): Promise<readonly unknown[]> {
  const { rows } = await pool.query(
    `SELECT table_name, column_name, ordinal_position, data_type, is_nullable, collation_name, column_default
     FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position`,
  );
  const { rows: indexes } = await pool.query(
    `SELECT replace(indexdef, quote_ident(current_schema()) || '.', '') FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1`,
  );
  return [...rows, ...indexes];
}
