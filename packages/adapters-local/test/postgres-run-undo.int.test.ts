import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parsePolicy } from '@weir/core';
import { buildDelivery, commitDeliveries } from '@weir/core/testing';
import { selectUndoSteps } from '@weir/warehouse-sql';
import fc from 'fast-check';
import { checkUndoneRuns, SEEN, type UndoneWarehouse, undoneRuns } from '../../core/test/support/undone-runs.ts';
import { openPostgresPool, PostgresRunUndo } from '../src/index.ts';
import { SET_FOR_WHOLE_TABLES } from '../src/postgres/whole-tables.ts';
import { openWarehouseSubject } from './postgres-warehouse-subject.ts';

const SCHEDULES = 25;
const ROWS = 2000;

let subject: Awaited<ReturnType<typeof openWarehouseSubject>>;

beforeAll(async () => {
  subject = await openWarehouseSubject();
});
afterAll(() => subject.close());

/** The one database, emptied. */
async function openEmpty(): Promise<UndoneWarehouse> {
  await subject.pool.query('TRUNCATE fact_transactions, ingest_run, ingest_file, ingest_reject, ingest_decision');
  const { warehouse, history, facts, undo } = subject;
  return {
    committedHashes: (keys) => warehouse.committedHashes(keys),
    openStage: (runId) => warehouse.openStage(runId),
    recordFailedRun: (run) => warehouse.recordFailedRun(run),
    run: (runId) => history.run(runId),
    facts: () => facts.facts(),
    steps: (runId, policy) => undo.steps(runId, policy),
    openUndo: (runId) => undo.openUndo(runId),
  };
}

describe('an undo', () => {
  test('leaves the facts of the other runs, or says which ones it left', async () => {
    const seen = { ...SEEN };
    await fc.assert(
      fc.asyncProperty(undoneRuns, (story) => checkUndoneRuns(story, seen, openEmpty)),
      { numRuns: SCHEDULES },
    );
    expect(seen.restored + seen.deleted).toBeGreaterThan(0);
  }, 120_000);

  test('does not go through all rows for each row of a run of which the statistics know nothing', async () => {
    const { pool } = subject;
    const warehouse = await openEmpty();
    const rows = Array.from({ length: ROWS }, (_, i) => ({ transaction_id: `T-${i}` }));
    await commitDeliveries(warehouse, 'run-1', [buildDelivery({ sourceModified: 1, rows })]);
    await pool.query('ANALYZE');
    const next = buildDelivery({ key: 'b.csv', sourceModified: 2, rows: rows.map((row) => ({ ...row, quantity: 9 })) });
    await commitDeliveries(warehouse, 'run-2', [next]);
    const client = await pool.connect();
    try {
      await client.query(SET_FOR_WHOLE_TABLES);
      const { text } = selectUndoSteps('run-2', parsePolicy(), 'postgres');
      const { rows: plan } = await client.query(`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`);
      expect(mostPassedOver(plan[0]['QUERY PLAN'][0].Plan)).toBeLessThan(10 * ROWS);
    } finally {
      client.release(true);
    }
  });

  test('waits for another writer, and gives up in time', async () => {
    await openEmpty();
    await commitDeliveries(subject.warehouse, 'run-1', [buildDelivery({ rows: [{}] })]);
    const other = await subject.pool.connect();
    const undo = new PostgresRunUndo({ pool: subject.pool, lockTimeout: 50 });
    const stage = await undo.openUndo('run-1');
    try {
      await other.query('BEGIN; LOCK TABLE ingest_lock');
      const order = { runId: 'run-1', undoneAt: 1, policy: parsePolicy(), sources: [], deleted: 1, restored: 0 };
      await expect(stage.commit(order)).rejects.toMatchObject({ code: 'warehouse.busy', retryable: true });
    } finally {
      await other.query('ROLLBACK');
      other.release();
      await stage.close();
    }
    expect((await subject.history.run('run-1'))!.status).toBe('succeeded');
  });

  test('tells faults of the database in the words of the port', async () => {
    const pool = openPostgresPool({ connectionString: 'postgres://nobody@127.0.0.1:1/none' });
    const undo = new PostgresRunUndo({ pool });
    const read = async () => {
      for await (const _ of undo.steps('run-1', parsePolicy()));
    };
    await expect(read()).rejects.toMatchObject({ code: 'warehouse.unreachable' });
    await expect(undo.openUndo('run-1')).rejects.toMatchObject({ code: 'warehouse.unreachable' });
    await pool.end();
  });
});

interface PlanNode {
  readonly 'Rows Removed by Join Filter'?: number;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly PlanNode[];
}

/** Pairs of rows that one join of the plan looked at in vain. */
function mostPassedOver(node: PlanNode): number {
  const own = (node['Rows Removed by Join Filter'] ?? 0) * node['Actual Loops'];
  return Math.max(own, ...(node.Plans ?? []).map(mostPassedOver));
}
