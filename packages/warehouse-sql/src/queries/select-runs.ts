import type { RunQuery } from '@weir/core';
import type { Dialect } from '../dialect.ts';
import { timestampText } from '../format-timestamp.ts';
import { ParameterList } from '../parameter-list.ts';
import type { Statement } from '../statement.ts';
import { BOOK_COLUMNS, FILE_TABLE, PHASE_COLUMNS, RUN_TABLE } from '../tables/ingest-tables.ts';
import { isBeyond } from './is-beyond.ts';
import { FILE_COLUMNS } from './select-files.ts';

const RUN_COLUMNS = `run_id, status, ${timestampText('started_at')} AS started_at, ${timestampText('finished_at')} AS finished_at, policy_hash, files, ${BOOK_COLUMNS.join(', ')}, warnings, error, ${timestampText('undone_at')} AS undone_at, ${Object.values(PHASE_COLUMNS).join(', ')}`;

/**
 * Entries of runs, newest first.
 *
 * @throws RangeError for a limit that is not whole and from 1 to 1000
 */
export function selectRuns({ limit, before, statuses }: RunQuery, dialect: Dialect): Statement {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new RangeError(`${limit} is no limit from 1 to 1000.`);
  const values = new ParameterList('select-runs', dialect);
  const conditions = [
    ...(statuses === undefined ? [] : [`r.status IN (${statuses.map((status) => values.text(status)).join(', ')})`]),
    ...(before === undefined
      ? []
      : [
          isBeyond(
            '<',
            [
              { column: 'r.started_at', value: () => values.timestamp(before.startedAt) },
              { column: 'r.run_id', value: () => values.text(before.runId) },
            ],
            dialect,
          ),
        ]),
  ];
  return values.toStatement(`SELECT ${RUN_COLUMNS}
FROM ${RUN_TABLE.name} r
${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}\n` : ''}ORDER BY r.started_at DESC, r.run_id DESC
LIMIT ${limit}`);
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
    `SELECT ${FILE_COLUMNS}
FROM ${FILE_TABLE.name} f
WHERE run_id = ${values.text(runId)}
ORDER BY f.source_key`,
  );
}
