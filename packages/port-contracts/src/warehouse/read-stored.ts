import type { StoredDecision, StoredReject } from '@weir/core/testing';

/** Asks the database behind a warehouse; a column is what its driver makes of it. */
// biome-ignore lint/suspicious/noExplicitAny: rows of any query.
export type QueryRows = (text: string) => Promise<readonly any[]>;

export async function readStoredRejects(query: QueryRows): Promise<readonly StoredReject[]> {
  const rows = await query(`
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

export async function readStoredDecisions(query: QueryRows): Promise<readonly StoredDecision[]> {
  const rows = await query('SELECT *, source_line::text AS line FROM ingest_decision');
  return rows.map((row) => ({
    run_id: row.run_id,
    transaction_id: row.transaction_id,
    source_key: row.source_key,
    source_line: Number(row.line),
    verdict: row.verdict,
    decided_by: row.decided_by ?? undefined,
  }));
}

function parseTimestamp(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}
