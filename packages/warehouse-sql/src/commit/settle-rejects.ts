import type { RunToCommit } from '@weir/core';
import { DIALECTS, type Dialect } from '../dialect.ts';
import { failWhereAny } from '../fail-where-any.ts';
import { ParameterList } from '../parameter-list.ts';
import { type Statement, toStatement } from '../statement.ts';
import { REJECT_TABLE } from '../tables/ingest-tables.ts';
import type { RunToRecord } from './run-to-record.ts';

const { name: REJECTS } = REJECT_TABLE;

/** Whether the commit of a run settles rejects. */
export function hasReplays({ files }: Pick<RunToCommit, 'files'>): boolean {
  return files.some(({ status }) => status === 'replayed');
}

/**
 * Ends the transaction where a replayed row is no open reject. Otherwise resolves the rejects whose rows were accepted, and
 * gives those that were rejected again their new faults.
 */
export function settleRejects(run: RunToRecord, dialect: Dialect): readonly Statement[] {
  return [checkOpen(dialect), resolve(run, dialect), renewFaults(run, dialect)];
}

function checkOpen(dialect: Dialect): Statement {
  const replayed = (table: string) =>
    `SELECT f.source_key, f.content_hash, r.source_line FROM ${table} r JOIN stage_file f ON f.file_no = r.file_no WHERE f.is_replay = 1`;
  return toStatement(
    'check-open-rejects',
    `${failWhereAny('rejects_are_open')}
FROM (
  ${replayed('stage_row')}
  UNION ALL
  ${replayed('stage_reject')}
) replayed
LEFT JOIN ${REJECTS} known ON ${isSame('known', 'replayed', 'replayed', dialect)} AND known.state = 'open'
WHERE known.source_line IS NULL`,
  );
}

function resolve({ committedAt }: RunToRecord, dialect: Dialect): Statement {
  const values = new ParameterList('resolve-rejects', dialect);
  return values.toStatement(`UPDATE ${REJECTS}
SET state = 'resolved', last_seen = ${values.timestamp(committedAt)}
FROM stage_row r
JOIN stage_file f ON f.file_no = r.file_no
WHERE f.is_replay = 1 AND ${isSame(REJECTS, 'f', 'r', dialect)}`);
}

function renewFaults({ committedAt }: RunToRecord, dialect: Dialect): Statement {
  const values = new ParameterList('renew-faults', dialect);
  return values.toStatement(`UPDATE ${REJECTS}
SET faults = r.faults, last_seen = ${values.timestamp(committedAt)}
FROM stage_reject r
JOIN stage_file f ON f.file_no = r.file_no
WHERE f.is_replay = 1 AND ${isSame(REJECTS, 'f', 'r', dialect)}`);
}

function isSame(reject: string, file: string, row: string, dialect: Dialect): string {
  const { exactText } = DIALECTS[dialect];
  return `${exactText(`${reject}.source_key`)} = ${exactText(`${file}.source_key`)} AND ${reject}.content_hash = ${file}.content_hash AND ${reject}.source_line = ${row}.source_line`;
}
