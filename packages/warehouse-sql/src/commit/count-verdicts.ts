import { DIALECTS, type Dialect } from '../dialect.ts';
import { type Statement, toStatement } from '../statement.ts';

/** Builds `stage_count`: the verdicts in `stage_verdict` by file, and how many of them have the greater version. */
export function countVerdicts(dialect: Dialect): Statement {
  const create = `CREATE TEMPORARY TABLE stage_count${DIALECTS[dialect].tableClauses(undefined)}`;
  return toStatement('count-verdicts', `${create} AS\n${COUNTS} FROM stage_verdict GROUP BY file_no, verdict`);
}

/** As `countVerdicts`, of one part and for all sessions. */
export function countPart(verdicts: string, counts: string): Statement {
  const create = `CREATE UNLOGGED TABLE ${counts} WITH (autovacuum_enabled = false)`;
  return toStatement('count-verdicts', `${create} AS\n${COUNTS} FROM ${verdicts} GROUP BY file_no, verdict`);
}

/** One row with `changes`: how many facts the verdicts change. */
export function selectChanges(): Statement {
  return toStatement(
    'select-changes',
    `SELECT COALESCE(SUM(CASE verdict WHEN 'unchanged' THEN greater ELSE verdicts END), 0) AS changes
FROM stage_count WHERE verdict IN ('inserted', 'updated', 'unchanged')`,
  );
}

const COUNTS = `SELECT file_no, verdict, COUNT(*) AS verdicts, SUM(CASE WHEN decided > 0 THEN 1 ELSE 0 END) AS greater`;
