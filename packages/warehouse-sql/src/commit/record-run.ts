import type { FailedRun } from '@weir/core';
import { DIALECTS, type Dialect } from '../dialect.ts';
import { NULL_INTEGER, ParameterList } from '../parameter-list.ts';
import type { Statement } from '../statement.ts';
import { clipText } from '../storable-text.ts';
import { LONGEST_TOLD } from '../tables/column-types.ts';
import { BOOK_COLUMNS, FILE_TABLE, PHASE_COLUMNS, RUN_TABLE } from '../tables/ingest-tables.ts';
import { columnNames } from '../tables/table-definition.ts';
import type { RunToRecord } from './run-to-record.ts';

/** No run begins as one that is undone. */
const COLUMNS = columnNames(RUN_TABLE)
  .filter((name) => name !== 'undone_at')
  .join(', ');
const PHASES_BEFORE = ['listing', 'dimensions', 'reading'] as const;

/** The entry of a run, with the totals of its file entries. */
export function recordRun(run: RunToRecord, dialect: Dialect): Statement {
  const values = new ParameterList('record-run', dialect);
  return values.toStatement(`INSERT INTO ${RUN_TABLE.name} (${COLUMNS})
SELECT ${values.text(run.runId)},
  CASE WHEN SUM(CASE WHEN f.status = 'refused' OR f.rejected > 0 THEN 1 ELSE 0 END) > 0
    THEN 'succeeded-with-rejects' ELSE 'succeeded' END,
  ${values.timestamp(run.startedAt)}, ${values.timestamp(run.committedAt)}, ${values.text(run.policyHash)}, COUNT(*),
  ${BOOK_COLUMNS.map((name) => `COALESCE(SUM(f.${name}), 0)`).join(', ')},
  ${values.text(encodeWarnings(run.warnings))}, NULL,
  ${PHASES_BEFORE.map((phase) => values.integerOrNull(run.phases?.[phase])).join(', ')}, ${DIALECTS[dialect].sinceBegin}
FROM ${FILE_TABLE.name} f
WHERE f.run_id = ${values.text(run.runId)}`);
}

/** The entry of a run that failed; nothing where the id is recorded already. */
export function recordFailedRun(run: FailedRun, dialect: Dialect): Statement {
  const values = new ParameterList('record-failed-run', dialect);
  return values.toStatement(`INSERT INTO ${RUN_TABLE.name} (${COLUMNS})
SELECT ${values.text(run.runId)}, 'failed', ${values.timestamp(run.startedAt)}, ${values.timestamp(run.failedAt)},
  ${values.text(run.policyHash)}, 0, ${BOOK_COLUMNS.map(() => '0').join(', ')}, '[]', ${values.text(clipText(run.error, LONGEST_TOLD))},
  ${Object.values(PHASE_COLUMNS)
    .map(() => NULL_INTEGER)
    .join(', ')}
FROM (SELECT COUNT(*) AS runs FROM ${RUN_TABLE.name} WHERE run_id = ${values.text(run.runId)}) known
WHERE known.runs = 0`);
}

/** As many whole warnings as a column takes. */
function encodeWarnings(warnings: readonly string[]): string {
  let kept = warnings.map((warning) => clipText(warning, 4000));
  while (new TextEncoder().encode(JSON.stringify(kept)).length > LONGEST_TOLD)
    kept = kept.slice(0, Math.floor(kept.length / 2));
  return JSON.stringify(kept);
}
