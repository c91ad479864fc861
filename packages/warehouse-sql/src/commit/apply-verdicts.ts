import { DIALECTS, type Dialect } from '../dialect.ts';
import { failWhereAny } from '../fail-where-any.ts';
import { ParameterList } from '../parameter-list.ts';
import { type Statement, toStatement } from '../statement.ts';
import { FACT_TABLE, SOURCE_FIELDS, TRANSACTION_FIELDS } from '../tables/fact-table.ts';
import type { RunToRecord } from './run-to-record.ts';

const CONTENT = TRANSACTION_FIELDS.map(({ name }) => name).filter((name) => name !== 'transaction_id');
const SOURCE = SOURCE_FIELDS.map(({ name }) => name);
const INSERTED = ['transaction_id', ...CONTENT, ...SOURCE];
const CHANGED = [...CONTENT, ...SOURCE];
/**
 * The version of rows whose content stays moves: else the result would depend on the order of arrival. `run_id` goes with
 * `source_key`, so that both name one entry of `ingest_file`; `updated_at` tells of content and stays.
 */
const ADVANCED = ['status_rank', ...SOURCE];

/** What the verdicts in `stage_verdict` say, done to the facts. */
export function changeFacts(run: RunToRecord, dialect: Dialect): readonly Statement[] {
  const { rowAddress } = DIALECTS[dialect];
  if (rowAddress !== undefined) return [mergeFacts(run, rowAddress, dialect)];
  return [updateFacts(run, dialect), advanceVersions(run, dialect), insertFacts(run, dialect)];
}

/**
 * One pass over the verdicts, which come in the order of the key, and so over the facts and their index. Found by its
 * address a row costs no look-up of its key. The key is compared all the same: should somebody who knows nothing of our
 * lock have moved the row, it is not found, and the run ends.
 */
function mergeFacts({ runId, committedAt }: RunToRecord, rowAddress: string, dialect: Dialect): Statement {
  const values = new ParameterList('merge-facts', dialect);
  const [run, time] = [values.text(runId), values.timestamp(committedAt)];
  return values.toStatement(`MERGE INTO ${FACT_TABLE.name} f
USING (
  SELECT * FROM stage_verdict WHERE verdict IN ('inserted', 'updated') OR verdict = 'unchanged' AND decided > 0
) v
ON f.${rowAddress} = v.address AND f.transaction_id = v.transaction_id
WHEN MATCHED AND v.verdict = 'updated' THEN UPDATE SET ${assign(CHANGED)}, run_id = ${run}, updated_at = ${time}
WHEN MATCHED AND v.verdict = 'unchanged' THEN UPDATE SET ${assign(ADVANCED)}, run_id = ${run}
WHEN NOT MATCHED AND v.verdict = 'inserted' THEN INSERT (${INSERTED.join(', ')}, first_loaded_at, updated_at, run_id)
VALUES (${INSERTED.map((name) => `v.${name}`).join(', ')}, ${time}, ${time}, ${run})`);
}

/** Writes content and version of the rows that won and say something else. */
function updateFacts({ runId, committedAt }: RunToRecord, dialect: Dialect): Statement {
  const values = new ParameterList('update-facts', dialect);
  return values.toStatement(`UPDATE ${FACT_TABLE.name}
SET ${assign(CHANGED)}, run_id = ${values.text(runId)}, updated_at = ${values.timestamp(committedAt)}
FROM stage_verdict v
WHERE v.transaction_id = ${FACT_TABLE.name}.transaction_id AND v.verdict = 'updated'`);
}

function advanceVersions({ runId }: RunToRecord, dialect: Dialect): Statement {
  const values = new ParameterList('advance-versions', dialect);
  return values.toStatement(`UPDATE ${FACT_TABLE.name}
SET ${assign(ADVANCED)}, run_id = ${values.text(runId)}
FROM stage_verdict v
WHERE v.transaction_id = ${FACT_TABLE.name}.transaction_id AND v.verdict = 'unchanged' AND v.decided > 0`);
}

function insertFacts({ runId, committedAt }: RunToRecord, dialect: Dialect): Statement {
  const values = new ParameterList('insert-facts', dialect);
  const time = values.timestamp(committedAt);
  return values.toStatement(`INSERT INTO ${FACT_TABLE.name} (${INSERTED.join(', ')}, first_loaded_at, updated_at, run_id)
SELECT ${INSERTED.map((name) => `v.${name}`).join(', ')}, ${time}, ${time}, ${values.text(runId)}
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

function assign(columns: readonly string[]): string {
  return columns.map((name) => `${name} = v.${name}`).join(', ');
}
