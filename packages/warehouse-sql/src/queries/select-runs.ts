import type { Dialect } from '../dialect.ts';
import { dateText, timestampText } from '../format-timestamp.ts';
import { ParameterList } from '../parameter-list.ts';
import { type Statement, toStatement } from '../statement.ts';
import { BOOK_COLUMNS, FILE_TABLE, RUN_TABLE } from '../tables/ingest-tables.ts';

const RUN_COLUMNS = `run_id, status, ${timestampText('started_at')} AS started_at, ${timestampText('finished_at')} AS finished_at, policy_hash, files, ${BOOK_COLUMNS.join(', ')}, warnings, error`;

/**
 * Entries of runs, newest first.
 *
 * @param limit whole, from 1 to 1000
 * @throws RangeError for any other
 */
export function selectRuns(limit: number): Statement {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new RangeError(`${limit} is no limit from 1 to 1000.`);
  return toStatement(
    'select-runs',
    `SELECT ${RUN_COLUMNS}\nFROM ${RUN_TABLE.name} r\nORDER BY r.started_at DESC, r.run_id DESC\nLIMIT ${limit}`,
  );
}

/** The entry of one run: one row or none. */
export function selectRun(runId: string, dialect: Dialect): Statement {
  const values = new ParameterList('select-run', dialect);
  return values.toStatement(`SELECT ${RUN_COLUMNS}\nFROM ${RUN_TABLE.name}\nWHERE run_id = ${values.text(runId)}`);
}

/** The entries of the files of a run, by key. */
export function selectFilesOfRun(runId: string, dialect: Dialect): Statement {
  const values = new ParameterList('select-files-of-run', dialect);
  return values.toStatement(
    `SELECT source_key, content_hash, status, refusal_code, refusal_message, size_bytes, ${dateText('source_day')} AS source_day, ${timestampText('source_modified')} AS source_modified, blank_lines, ${BOOK_COLUMNS.join(', ')}, rejects_by_code
FROM ${FILE_TABLE.name} f
WHERE run_id = ${values.text(runId)}
ORDER BY f.source_key`,
  );
}
