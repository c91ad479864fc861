import { PortError } from '@weir/core';
import pg from 'pg';
import { LeavingClient } from './leaving-client.ts';

export interface PostgresPoolOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly connectionString: string;
  /** Connections at most; a run holds one for its stage and needs a second now and then. Default 4. */
  readonly maxConnections?: number | undefined;
  /** Milliseconds to wait for a connection. Default 10,000. */
  readonly connectTimeout?: number | undefined;
  /** Milliseconds that a question may take; loads are not bound by it. Default 60,000. */
  readonly statementTimeout?: number | undefined;
}

/**
 * A pool as the adapters of this folder want it. Nothing is connected yet. To be closed with `end()`.
 *
 * @throws PortError `warehouse.address-invalid`, which does not repeat the connection string
 */
export function openPostgresPool(options: PostgresPoolOptions): pg.Pool {
  const { connectionString, maxConnections = 4, connectTimeout = 10_000, statementTimeout = 60_000 } = options;
  requireReadable(connectionString);
  const pool = new pg.Pool({
    Client: LeavingClient,
    connectionString,
    application_name: 'weir',
    max: maxConnections,
    connectionTimeoutMillis: connectTimeout,
    statement_timeout: statementTimeout,
    idle_in_transaction_session_timeout: 300_000,
    keepAlive: true,
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  return pool;
}

function requireReadable(connectionString: string): void {
  try {
    new pg.Client({ connectionString });
  } catch {
    // Without the cause: it may hold the password.
    throw new PortError({
      code: 'warehouse.address-invalid',
      message: 'The connection string of Postgres cannot be read.',
      remedy: 'Write it as postgres://user:password@host:port/database; encode special characters of the password.',
    });
  }
}
