import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parsePolicy } from '@weir/core';
import { buildDelivery, commitDeliveries } from '@weir/core/testing';
import type { Pool } from 'pg';
import { openPostgresPool, PostgresRunHistory, PostgresRunUndo, PostgresWarehouse } from '../src/index.ts';
import { openPlace, type PostgresPlace } from './postgres-place.ts';
import { openPostgresProxy, type PostgresProxy } from './postgres-proxy.ts';

let place: PostgresPlace;
let proxy: PostgresProxy;
let pool: Pool;

beforeEach(async () => {
  place = await openPlace();
  proxy = await openPostgresProxy(place.connectionString);
  pool = openPostgresPool({ connectionString: proxy.connectionString });
  await commitDeliveries(new PostgresWarehouse({ pool: place.pool }), 'run-1', [buildDelivery({ rows: [{}] })]);
});
afterEach(async () => {
  await proxy.close();
  await pool.end();
  await place.close();
});

async function undo(): Promise<void> {
  const stage = await new PostgresRunUndo({ pool }).openUndo('run-1');
  try {
    await stage.commit({ runId: 'run-1', undoneAt: 7, policy: parsePolicy(), sources: [], deleted: 1, restored: 0 });
  } finally {
    await stage.close();
  }
}

const statusOf = async () => (await new PostgresRunHistory({ pool: place.pool }).run('run-1'))!.status;

describe('when the answer to the COMMIT of an undo is lost', () => {
  test('an undo that happened is found by its run', async () => {
    proxy.commitFault = 'lose-answer';
    await undo();
    expect(await statusOf()).toBe('undone');
  });

  test('an undo that did not happen is an error that may be retried', async () => {
    proxy.commitFault = 'lose-question';
    const error = {
      code: 'warehouse.unreachable',
      retryable: true,
      message: expect.stringContaining('nothing of run'),
    };
    await expect(undo()).rejects.toMatchObject(error);
    expect(await statusOf()).toBe('succeeded');
    await undo();
    expect(await statusOf()).toBe('undone');
  });

  test('and the server cannot be asked, nobody guesses', async () => {
    const stage = await new PostgresRunUndo({ pool }).openUndo('run-1');
    proxy.commitFault = 'lose-answer';
    // No new connection comes through.
    proxy.isDown = true;
    const order = { runId: 'run-1', undoneAt: 7, policy: parsePolicy(), sources: [], deleted: 1, restored: 0 };
    await expect(stage.commit(order)).rejects.toMatchObject({ code: 'warehouse.commit-unknown', retryable: true });
    await stage.close();
  });
});
