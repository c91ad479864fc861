import { afterAll } from '@jest/globals';
import type { Pool } from 'pg';
import pg from 'pg';
import { SystemClock } from '../src/in-process/system-clock.ts';
import { openPostgresPool, PostgresSchema } from '../src/index.ts';
import { openTestDatabase, type TestDatabase } from '../src/testing/index.ts';

/** A place of its own for the tables of one test: a schema that no other test knows. */
export interface PostgresPlace {
  readonly connectionString: string;
  readonly pool: Pool;
  close(): Promise<void>;
}

let database: Promise<TestDatabase> | undefined;
let places = 0;
const open = new Set<PostgresPlace>();

afterAll(async () => {
  await Promise.all([...open].map((place) => place.close()));
  await (await database)?.close();
});

/** An empty place, without tables. All places of a test file lie in one database; those still open at its end are closed. */
export async function openEmptyPlace(): Promise<PostgresPlace> {
  database ??= openTestDatabase();
  const { connectionString: address } = await database;
  const name = `weir place ${++places}`;
  await runOn(address, `CREATE SCHEMA "${name}"`);
  const url = new URL(address);
  url.searchParams.set('options', `-c search_path="${name.replaceAll(' ', '\\ ')}"`);
  const pool = openPostgresPool({ connectionString: url.href, maxConnections: 8 });
  const place = {
    connectionString: url.href,
    pool,
    close: async () => {
      if (!open.delete(place)) return;
      await pool.end();
      await runOn(address, `DROP SCHEMA "${name}" CASCADE`);
    },
  };
  open.add(place);
  return place;
}

/** A place with all tables, which are empty. */
export async function openPlace(): Promise<PostgresPlace> {
  const place = await openEmptyPlace();
  await new PostgresSchema({ pool: place.pool, clock: new SystemClock() }).upgrade();
  return place;
}

export async function runOn(connectionString: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}
