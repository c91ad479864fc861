import type { Dialect } from '../dialect.ts';
import { ParameterList } from '../parameter-list.ts';
import type { Statement } from '../statement.ts';
import { BOOK_COLUMNS, FILE_TABLE } from '../tables/ingest-tables.ts';
import type { RunToRecord } from './run-to-record.ts';

const COUNTED = ['inserted', 'updated', 'unchanged', 'stale', 'duplicate'] as const;
const KEPT = ['source_key', 'content_hash', 'status', 'size_bytes', 'source_day', 'source_modified'];

/** One entry for each file that no other run committed meanwhile; the books of a refused file are all zero. */
export function recordFiles({ runId, committedAt }: RunToRecord, dialect: Dialect): Statement {
  const values = new ParameterList('record-files', dialect);
  const ofLoaded = (expression: string) => `CASE WHEN f.status = 'loaded' THEN ${expression} ELSE 0 END`;
  return values.toStatement(`INSERT INTO ${FILE_TABLE.name} (run_id, loaded_at, ${KEPT.join(', ')}, header, blank_lines, rejects_by_code, refusal_code, refusal_message, ${BOOK_COLUMNS.join(', ')})
SELECT ${values.text(runId)}, ${values.timestamp(committedAt)}, ${KEPT.map(keep).join(', ')}, f.header, f.blank_lines, f.rejects_by_code,
  CASE WHEN f.status = 'refused' THEN f.refusal_code END, CASE WHEN f.status = 'refused' THEN f.refusal_message END,
  ${ofLoaded('f.read')}, ${COUNTED.map((verdict) => `COALESCE(v.${verdict}, 0)`).join(', ')}, ${ofLoaded('f.rejected')}
FROM stage_file f
LEFT JOIN (
  SELECT file_no, ${COUNTED.map((verdict) => `SUM(CASE WHEN verdict = '${verdict}' THEN verdicts ELSE 0 END) AS ${verdict}`).join(', ')}
  FROM stage_count
  GROUP BY file_no
) v ON v.file_no = f.file_no
WHERE f.status <> 'already-loaded'`);
}

function keep(name: string): string {
  return name === 'status' ? "CASE WHEN f.is_replay = 1 THEN 'replayed' ELSE f.status END" : `f.${name}`;
}
