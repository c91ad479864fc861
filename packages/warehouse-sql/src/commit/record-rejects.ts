import { DIALECTS, type Dialect } from '../dialect.ts';
import { ParameterList } from '../parameter-list.ts';
import type { Statement } from '../statement.ts';
import { REJECT_TABLE } from '../tables/ingest-tables.ts';
import type { RunToRecord } from './run-to-record.ts';

const { name: REJECTS } = REJECT_TABLE;

/** Keeps the rejects of the loaded files. One that is known (same file, content and line) was seen again. */
export function recordRejects(run: RunToRecord, dialect: Dialect): readonly Statement[] {
  return [updateKnown(run, dialect), insertNew(run, dialect)];
}

function updateKnown({ runId, committedAt }: RunToRecord, dialect: Dialect): Statement {
  const values = new ParameterList('update-rejects', dialect);
  return values.toStatement(`UPDATE ${REJECTS}
SET run_id = ${values.text(runId)}, faults = r.faults, last_seen = ${values.timestamp(committedAt)}
FROM stage_reject r
JOIN stage_file f ON f.file_no = r.file_no
WHERE f.status = 'loaded' AND f.is_replay = 0 AND ${isKnown(REJECTS, dialect)}`);
}

function insertNew({ runId, committedAt }: RunToRecord, dialect: Dialect): Statement {
  const values = new ParameterList('insert-rejects', dialect);
  const time = values.timestamp(committedAt);
  return values.toStatement(`INSERT INTO ${REJECTS} (first_seen, last_seen, run_id, source_key, content_hash, source_line, raw_record, raw_encoding, raw_truncated, faults, state)
SELECT ${time}, ${time}, ${values.text(runId)}, f.source_key, f.content_hash, r.source_line, r.raw_record, r.raw_encoding, r.raw_truncated, r.faults, 'open'
FROM stage_reject r
JOIN stage_file f ON f.file_no = r.file_no
LEFT JOIN ${REJECTS} known ON ${isKnown('known', dialect)}
WHERE f.status = 'loaded' AND f.is_replay = 0 AND known.source_line IS NULL`);
}

function isKnown(table: string, dialect: Dialect): string {
  const { exactText } = DIALECTS[dialect];
  return `${exactText(`${table}.source_key`)} = ${exactText('f.source_key')} AND ${table}.content_hash = f.content_hash AND ${table}.source_line = r.source_line`;
}
