import type { Policy } from '@weir/core';
import { DIALECTS, type Dialect } from '../dialect.ts';
import { quoteLiteral } from '../quote-literal.ts';
import { type Statement, toStatement } from '../statement.ts';
import { FACT_TABLE } from '../tables/fact-table.ts';
import { DECISION_TABLE, FILE_TABLE, RUN_TABLE } from '../tables/ingest-tables.ts';
import { VersionOrder } from '../version-order.ts';

const { name: FACTS } = FACT_TABLE;
const { name: DECISIONS } = DECISION_TABLE;
const { name: FILES } = FILE_TABLE;
const { name: RUNS } = RUN_TABLE;

/** The columns of an undo step, in their order. */
export const UNDO_STEP_COLUMNS = ['transaction_id', 'action', 'run_id', 'source_key', 'content_hash', 'source_line'];

/** All steps of an undo, in the order of the port; empty texts and 0 for what a step does not have. */
export function selectUndoSteps(runId: string, policy: Policy, dialect: Dialect): Statement {
  const { exactText } = DIALECTS[dialect];
  return toStatement(
    'select-undo-steps',
    `SELECT ${UNDO_STEP_COLUMNS.map((name) => `u.${name}`).join(', ')}
FROM (
${undoSteps(runId, policy, dialect)}
) u
ORDER BY u.action, u.run_id, ${exactText('u.source_key')}, u.source_line`,
  );
}

/** Builds `stage_undo`: the steps, with day and time of the deliveries whose rows come back. */
export function stageUndoSteps(runId: string, policy: Policy, dialect: Dialect): Statement {
  const clauses = DIALECTS[dialect].tableClauses('transaction_id');
  return toStatement(
    'stage-undo-steps',
    `CREATE TEMPORARY TABLE stage_undo${clauses} AS\n${undoSteps(runId, policy, dialect)}`,
  );
}

function undoSteps(runId: string, policy: Policy, dialect: Dialect): string {
  // Neither COPY nor UNLOAD nor CREATE TABLE AS take values beside their text.
  const run = quoteLiteral(runId, dialect);
  const ofBest = (column: string, none: string) =>
    `CASE WHEN ${IS_DOUBTFUL} THEN ${none} ELSE COALESCE(best.${column}, ${none}) END AS ${column}`;
  return `SELECT s.transaction_id,
  CASE WHEN ${IS_DOUBTFUL} THEN 'doubtful' WHEN best.run_id IS NULL THEN 'delete' ELSE 'restore' END AS action,
  ${[ofBest('run_id', "''"), ofBest('source_key', "''"), ofBest('content_hash', "''"), ofBest('source_line', '0')].join(',\n  ')},
  best.source_day, best.source_modified
FROM ${FACTS} s
CROSS JOIN (
${silentRuns(run)}
) silent
LEFT JOIN (
${rankedRows(run, policy, dialect)}
) best ON best.transaction_id = s.transaction_id AND best.place = 1
LEFT JOIN (
${doubtfulIds(run, dialect)}
) doubt ON doubt.transaction_id = s.transaction_id
WHERE s.run_id = ${run}`;
}

const IS_DOUBTFUL = 'silent.runs > 0 OR doubt.transaction_id IS NOT NULL';

/** How many runs kept none of the decisions about what they changed, since the run, or one that is undone, began. */
function silentRuns(run: string): string {
  return `  SELECT COUNT(*) AS runs
  FROM ${RUNS} r
  LEFT JOIN (SELECT DISTINCT run_id FROM ${DECISIONS}) kept ON kept.run_id = r.run_id
  WHERE r.status NOT IN ('failed', 'undone') AND r.run_id <> ${run} AND r.updated + r.stale + r.duplicate > 0 AND kept.run_id IS NULL
    AND r.finished_at >= (SELECT MIN(started_at) FROM ${RUNS} WHERE run_id = ${run} OR status = 'undone')`;
}

/** What decisions tell of rows of the run's transactions, whoever delivered them. */
function knownRows(run: string): string {
  return `    SELECT d.transaction_id, d.run_id, d.source_key, d.source_line, d.transaction_date, d.status, d.status_rank
    FROM ${DECISIONS} d
    JOIN ${FACTS} t ON t.transaction_id = d.transaction_id
    WHERE t.run_id = ${run}
    UNION ALL
    SELECT d.transaction_id, COALESCE(d.other_run_id, d.run_id), d.other_source_key, d.other_source_line, d.other_transaction_date, d.other_status, d.other_status_rank
    FROM ${DECISIONS} d
    JOIN ${FACTS} t ON t.transaction_id = d.transaction_id
    WHERE t.run_id = ${run} AND d.other_source_key IS NOT NULL`;
}

/** Rows of runs that stand, the best one of each transaction at place 1. Of equal versions the first one committed stays. */
function rankedRows(run: string, policy: Policy, dialect: Dialect): string {
  const { exactText } = DIALECTS[dialect];
  const order = new VersionOrder(policy, dialect);
  return `  SELECT c.transaction_id, c.run_id, c.source_key, c.content_hash, c.source_line, c.source_day, c.source_modified,
    ROW_NUMBER() OVER (PARTITION BY c.transaction_id ORDER BY ${order.descending('c')}, c.finished_at, c.run_id) AS place
  FROM (
    SELECT k.transaction_id, k.run_id, k.source_key, k.source_line, k.transaction_date, k.status, k.status_rank,
      f.content_hash, f.source_day, f.source_modified, r.finished_at
    FROM (
${knownRows(run)}
    ) k
    JOIN ${RUNS} r ON r.run_id = k.run_id
    JOIN ${FILES} f ON f.run_id = k.run_id AND ${exactText('f.source_key')} = ${exactText('k.source_key')}
    WHERE r.status <> 'undone' AND k.run_id <> ${run}
  ) c`;
}

/**
 * Transactions of which a better row may exist than those that are known. The row before a run's own is told by its decision;
 * without one it is known only that there was none, where the run brought the fact into being. What was undone before that
 * hides nothing. And a row of the very version
 * says the same without a decision, where the policy keeps changes only.
 */
function doubtfulIds(run: string, dialect: Dialect): string {
  const { exactText } = DIALECTS[dialect];
  return `  SELECT suspect.transaction_id
  FROM (
    SELECT t.transaction_id, t.run_id FROM ${FACTS} t WHERE t.run_id = ${run}
    UNION
    SELECT k.transaction_id, k.run_id
    FROM (
${knownRows(run)}
    ) k
    JOIN ${RUNS} u ON u.run_id = k.run_id
    WHERE u.status = 'undone'
  ) suspect
  JOIN ${RUNS} r ON r.run_id = suspect.run_id
  JOIN ${FACTS} t ON t.transaction_id = suspect.transaction_id
  LEFT JOIN ${DECISIONS} own ON own.transaction_id = suspect.transaction_id AND own.run_id = suspect.run_id AND own.verdict <> 'duplicate'
  WHERE own.run_id IS NULL AND r.finished_at <> t.first_loaded_at AND (r.undone_at IS NULL OR r.undone_at > t.first_loaded_at)
  UNION
  SELECT t.transaction_id
  FROM ${FACTS} t
  JOIN ${FILES} f ON ${exactText('f.source_key')} = ${exactText('t.source_key')} AND f.source_modified = t.source_modified
  LEFT JOIN ${DECISIONS} own ON own.transaction_id = t.transaction_id AND own.run_id = f.run_id
  WHERE t.run_id = ${run} AND f.run_id <> ${run} AND f.status = 'loaded' AND f.unchanged > 0 AND own.run_id IS NULL`;
}
