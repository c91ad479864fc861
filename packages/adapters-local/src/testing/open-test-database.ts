import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { openEmbeddedPostgres } from '../embedded-postgres/open-embedded-postgres.ts';
import { testRunFolder } from './test-run.ts';

export interface TestDatabase {
  readonly connectionString: string;
  /** Drops the database, whoever is still connected. */
  close(): Promise<void>;
}

/**
 * A new, empty database for one test file, on a server that all files of the run share. `WEIR_TEST_DATABASE_URL` names
 * another server, whose user must be allowed to create databases.
 */
export async function openTestDatabase(): Promise<TestDatabase> {
  const server = process.env.WEIR_TEST_DATABASE_URL ?? (await sharedServer());
  const name = `weir_test_${randomBytes(6).toString('hex')}`;
  // template1 cannot be copied while anybody is connected to it, and others create databases at the same time.
  await runOn(server, `CREATE DATABASE ${name} TEMPLATE template0`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    connectionString: url.href,
    close: () => runOn(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

const SERVER = Symbol.for('weir.test-server');
/** A process is one user of the server, however many databases its test files open: each user waits for its exit. */
const known = globalThis as { [SERVER]?: Promise<string> | undefined };

/** Not closed here: the server lives until the end of the run, where it is stopped. */
async function sharedServer(): Promise<string> {
  known[SERVER] ??= openServer();
  try {
    return await known[SERVER];
  } catch (error) {
    known[SERVER] = undefined;
    throw error;
  }
}

async function openServer(): Promise<string> {
  const { connectionString } = await openEmbeddedPostgres({
    dataDirectory: join(await testRunFolder(), 'postgres'),
    // Nothing here outlives the run, so nothing need survive a power cut.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '128MB' },
  });
  return connectionString;
}

async function runOn(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
