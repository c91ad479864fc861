import type { StoredDecision, StoredReject } from '@weir/core/testing';
import type { WarehouseSubject } from '@weir/port-contracts';
import { parseTimestamp } from '@weir/warehouse-sql';
import type { Pool } from 'pg';
import { PostgresFactReader, PostgresRunHistory, PostgresWarehouse } from '../src/index.ts';
import { openPlace } from './postgres-place.ts';

/** A warehouse in a place of its own, with what the contracts look at beyond the ports. */
export async function openWarehouseSubject(): Promise<WarehouseSubject & { pool: Pool; close(): Promise<void> }> {
  const { pool, close } = await openPlace();
  return {
    pool,
    warehouse: new PostgresWarehouse({ pool }),
    history: new PostgresRunHistory({ pool }),
    facts: new PostgresFactReader({ pool }),
    rejects: () => readRejects(pool),
    decisions: () => readDecisions(pool),
    close,
  };
}

async function readRejects(pool: Pool): Promise<readonly StoredReject[]> {
  const { rows } = await pool.query(`
    SELECT r.*, f.header, r.source_line::text AS line,
      to_char(first_seen, 'YYYY-MM-DD HH24:MI:SS.MS') AS first, to_char(last_seen, 'YYYY-MM-DD HH24:MI:SS.MS') AS last
    FROM ingest_reject r JOIN ingest_file f USING (run_id, source_key)`);
  return rows.map((row) => ({
    run_id: row.run_id,
    source_key: row.source_key,
    content_hash: row.content_hash,
    source_line: Number(row.line),
    header: row.header,
    raw_record: row.raw_record,
    raw_encoding: row.raw_encoding,
    raw_truncated: row.raw_truncated,
    faults: JSON.parse(row.faults),
    state: row.state,
    first_seen: parseTimestamp(row.first),
    last_seen: parseTimestamp(row.last),
  }));
}

async function readDecisions(pool: Pool): Promise<readonly StoredDecision[]> {
  const { rows } = await pool.query('SELECT *, source_line::text AS line FROM ingest_decision');
  return rows.map((row) => ({
    run_id: row.run_id,
    transaction_id: row.transaction_id,
    source_key: row.source_key,
    source_line: Number(row.line),
    verdict: row.verdict,
    decided_by: row.decided_by ?? undefined,
  }));
}
