import { expect, test } from '@jest/globals';
import { parsePolicy } from '@weir/core';
import { buildDelivery, buildRun, commitDeliveries } from '@weir/core/testing';
import {
  columnNames,
  createTemporaryTable,
  planCommit,
  STAGE_ROW_TABLE,
  STAGE_TABLES,
  type Statement,
} from '@weir/warehouse-sql';
import { PostgresWarehouse } from '../src/index.ts';
import { openPlace } from './postgres-place.ts';

const ROWS = Array.from({ length: 4000 }, (_, i) => ({ transaction_id: `T-${1000 + i}`, source_line: i + 2 }));

test('facts are changed where they lie, without a look-up of their key; what is recorded then may be looked up, but not sorted', async () => {
  const { pool } = await openPlace();
  await commitDeliveries(new PostgresWarehouse({ pool }), 'run-1', [buildDelivery({ rows: ROWS })]);
  const { decide, change, record } = planCommit({ ...buildRun('run-2', []), policy: parsePolicy() }, 'postgres');
  const client = await pool.connect();
  try {
    const run = ({ text, parameters }: Pick<Statement, 'text' | 'parameters'>) =>
      client.query(
        text,
        parameters.map(({ value }) => value),
      );
    await client.query('BEGIN');
    // What the planner knows after some runs makes the key's index look cheap.
    await client.query('ANALYZE fact_transactions');
    for (const table of STAGE_TABLES) await run(createTemporaryTable(table, 'postgres'));
    await client.query(
      `INSERT INTO stage_file SELECT 1, 'k', 'h', 'loaded', '', '', 1, '2024-01-01', '2024-01-01', '', 0, ${ROWS.length}, 0, '{}', 0`,
    );
    const columns = columnNames(STAGE_ROW_TABLE).slice(2).join(', ');
    await client.query(`INSERT INTO stage_row SELECT 1, source_line, ${columns} FROM fact_transactions`);
    await client.query('UPDATE stage_row SET quantity = quantity + 1');
    for (const statement of [...decide, ...change.filter(({ name }) => name === 'tune-change')]) await run(statement);
    const merge = change.find(({ name }) => name === 'merge-facts')!;
    const { rows: steps } = await run({ ...merge, text: `EXPLAIN ${merge.text}` });
    const plan = steps.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('Tid Scan on fact_transactions');
    expect(plan).not.toContain('fact_transactions_pkey');
    for (const statement of record.filter(({ name }) => name === 'tune-record')) await run(statement);
    const { rows } = await client.query("SELECT name FROM pg_settings WHERE name ~ '^enable_' AND setting = 'off'");
    const off = rows.map(({ name }) => name).filter((name) => /hash|merge|index|bitmap/.test(name));
    expect(off).toEqual(['enable_mergejoin']);
  } finally {
    client.release(true);
  }
});
