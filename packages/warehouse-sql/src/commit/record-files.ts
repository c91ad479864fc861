import type { Dialect } from '../dialect.ts';
import { ParameterList } from '../parameter-list.ts';
import type { Statement } from '../statement.ts';
import { BOOK_COLUMNS, FILE_TABLE } from '../tables/ingest-tables.ts';
import { BOOKS_OF_FILES, FROM_FILES } from './books-of-files.ts';
import type { RunToRecord } from './run-to-record.ts';

const KEPT = ['source_key', 'content_hash', 'status', 'size_bytes', 'source_day', 'source_modified'];

/** One entry for each file that no other run committed meanwhile; the books of a refused file are all zero. */
export function recordFiles({ runId, committedAt }: RunToRecord, dialect: Dialect): Statement {
  const values = new ParameterList('record-files', dialect);
  return values.toStatement(`INSERT INTO ${FILE_TABLE.name} (run_id, loaded_at, ${KEPT.join(', ')}, header, blank_lines, rejects_by_code, refusal_code, refusal_message, ${BOOK_COLUMNS.join(', ')})
SELECT ${values.text(runId)}, ${values.timestamp(committedAt)}, ${KEPT.map(keep).join(', ')}, f.header, f.blank_lines, f.rejects_by_code,
  CASE WHEN f.status = 'refused' THEN f.refusal_code END, CASE WHEN f.status = 'refused' THEN f.refusal_message END,
  ${BOOKS_OF_FILES.join(', ')}
${FROM_FILES}
WHERE f.status <> 'already-loaded'`);
}

function keep(name: string): string {
  return name === 'status' ? "CASE WHEN f.is_replay = 1 THEN 'replayed' ELSE f.status END" : `f.${name}`;
}
