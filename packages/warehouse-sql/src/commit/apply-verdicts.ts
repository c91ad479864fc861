import { DIALECTS, type Dialect } from '../dialect.ts';
import { failWhereAny } from '../fail-where-any.ts';
import { ParameterList } from '../parameter-list.ts';
import { type Statement, toStatement } from '../statement.ts';
import { FACT_TABLE, SOURCE_FIELDS, TRANSACTION_FIELDS } from '../tables/fact-table.ts';
import type { RunToRecord } from './run-to-record.ts';

const CONTENT = TRANSACTION_FIELDS.map(({ name }) => name).filter((name) => name !== 'transaction_id');
const SOURCE = SOURCE_FIELDS.map(({ name }) => name);

/** Writes content and version of the rows that won and say something else. */
export function updateFacts({ runId, committedAt }: RunToRecord, dialect: Dialect): Statement {
  const values = new ParameterList('update-facts', dialect);
  return values.toStatement(`UPDATE ${FACT_TABLE.name}
SET ${assign([...CONTENT, ...SOURCE])}, run_id = ${values.text(runId)}, updated_at = ${values.timestamp(committedAt)}
FROM stage_verdict v
WHERE ${isStoredRow(dialect)} AND v.verdict = 'updated'`);
}

/**
 * Moves the version of rows whose content stays: else the result would depend on the order of arrival. `run_id` goes with
 * `source_key`, so that both name one entry of `ingest_file`; `updated_at` tells of content and stays.
 */
export function advanceVersions({ runId }: RunToRecord, dialect: Dialect): Statement {
  const values = new ParameterList('advance-versions', dialect);
  return values.toStatement(`UPDATE ${FACT_TABLE.name}
SET ${assign(['status_rank', ...SOURCE])}, run_id = ${values.text(runId)}
FROM stage_verdict v
WHERE ${isStoredRow(dialect)} AND v.verdict = 'unchanged' AND v.decided > 0`);
}

export function insertFacts({ runId, committedAt }: RunToRecord, dialect: Dialect): Statement {
  const values = new ParameterList('insert-facts', dialect);
  const columns = ['transaction_id', ...CONTENT, ...SOURCE];
  const time = values.timestamp(committedAt);
  return values.toStatement(`INSERT INTO ${FACT_TABLE.name} (${columns.join(', ')}, first_loaded_at, updated_at, run_id)
SELECT ${columns.map((name) => `v.${name}`).join(', ')}, ${time}, ${time}, ${values.text(runId)}
FROM stage_verdict v
WHERE v.verdict = 'inserted'`);
}

/** Nothing where the database keeps keys unique itself; else ends the transaction where a key of the run is doubled. */
export function checkKeys(dialect: Dialect): readonly Statement[] {
  if (DIALECTS[dialect].enforcesKeys) return [];
  return [
    toStatement(
      'check-keys',
      // Grouped by the column without a key: the planner believes in the one of the facts, which is what is in question.
      `${failWhereAny('keys_are_unique')} FROM (
  SELECT v.transaction_id
  FROM ${FACT_TABLE.name} t
  JOIN stage_verdict v ON v.transaction_id = t.transaction_id
  WHERE v.place = 1
  GROUP BY v.transaction_id
  HAVING COUNT(*) > 1
) doubled`,
    ),
  ];
}

/**
 * Found by its address a row costs no look-up of its key. The key is compared all the same: should somebody who knows
 * nothing of our lock have moved the row, it is not found, and the run ends.
 */
function isStoredRow(dialect: Dialect): string {
  const { rowAddress } = DIALECTS[dialect];
  const hasKey = `v.transaction_id = ${FACT_TABLE.name}.transaction_id`;
  return rowAddress === undefined ? hasKey : `${FACT_TABLE.name}.${rowAddress} = v.address AND ${hasKey}`;
}

function assign(columns: readonly string[]): string {
  return columns.map((name) => `${name} = v.${name}`).join(', ');
}
