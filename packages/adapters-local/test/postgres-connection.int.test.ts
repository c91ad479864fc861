import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { PortError } from '@weir/core';
import { openPostgresPool, PostgresWarehouse } from '../src/index.ts';
import { openEmptyPlace } from './postgres-place.ts';

const PASSWORD = 'pa55-word';

/** The error of a first question to a server. */
async function ask(address: string | URL, connectTimeout?: number): Promise<PortError> {
  const pool = openPostgresPool({ connectionString: String(address), connectTimeout });
  try {
    const error = await new PostgresWarehouse({ pool }).committedHashes(['a.csv']).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PortError);
    const { message, remedy, context, stack } = error as PortError;
    expect(JSON.stringify([message, remedy, context, stack])).not.toContain(PASSWORD);
    return error as PortError;
  } finally {
    await pool.end();
  }
}

async function addressOf(change: (url: URL) => void): Promise<URL> {
  const url = new URL((await openEmptyPlace()).connectionString);
  change(url);
  return url;
}

async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('a connection that cannot be had', () => {
  test('is told apart: nothing listens', async () => {
    const port = await unusedPort();
    const error = await ask(`postgres://weir:${PASSWORD}@127.0.0.1:${port}/weir`);
    expect(error).toMatchObject({
      code: 'warehouse.unreachable',
      retryable: true,
      context: { reason: 'ECONNREFUSED' },
    });
    expect(error.message).toContain(`127.0.0.1:${port}/weir`);
  });

  test('is told apart: an unknown host', async () => {
    const error = await ask(`postgres://weir:${PASSWORD}@no-such-host.invalid/weir`);
    expect(error.code).toBe('warehouse.unreachable');
    expect(error.message).toContain('no-such-host.invalid:5432/weir');
  });

  test('is told apart: a server that does not answer', async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const error = await ask(`postgres://weir:${PASSWORD}@127.0.0.1:${port}/weir`, 200);
    expect(error).toMatchObject({ code: 'warehouse.unreachable', retryable: true });
    expect(error.message).toContain('in time');
    server.close();
  });

  test('is told apart: a wrong password', async () => {
    const address = await addressOf((url) => {
      url.password = PASSWORD;
    });
    expect(await ask(address)).toMatchObject({ code: 'warehouse.login-refused', retryable: false });
  });

  test('is told apart: an unknown user', async () => {
    const address = await addressOf((url) => {
      url.username = 'nobody-at-all';
      url.password = PASSWORD;
    });
    expect(await ask(address)).toMatchObject({ code: 'warehouse.login-refused', retryable: false });
  });

  test('is told apart: an unknown database', async () => {
    const address = await addressOf((url) => {
      url.pathname = '/no_such_database';
    });
    expect(await ask(address)).toMatchObject({ code: 'warehouse.database-unknown', retryable: false });
  });

  test('is told apart: a connection string that cannot be read', () => {
    const open = () => openPostgresPool({ connectionString: `postgres://weir:${PASSWORD}@[bad` });
    expect(open).toThrow(expect.objectContaining({ code: 'warehouse.address-invalid' }));
    expect(open).toThrow(expect.not.objectContaining({ message: expect.stringContaining(PASSWORD) }));
  });
});

test('names itself to the server, and bounds how long it may be silent in a transaction', async () => {
  const { pool } = await openEmptyPlace();
  const show = async (setting: string) => Object.values((await pool.query(`SHOW ${setting}`)).rows[0])[0];
  expect(await show('application_name')).toBe('weir');
  expect(await show('statement_timeout')).toBe('1min');
  expect(await show('idle_in_transaction_session_timeout')).toBe('5min');
});
