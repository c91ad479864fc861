import { type Statement, toStatement } from '../statement.ts';
import { STAGE_ROW_TABLE } from '../tables/stage-tables.ts';
import { createTable } from '../tables/table-definition.ts';

/**
 * A stage on which two sessions work at once, in Postgres. Its rows and verdicts lie in tables that both see, with names
 * of their own; nothing of them is logged, and readers have no use for them. Each session has views with the names that
 * the statements of a commit know.
 */
export interface SharedStageNames {
  readonly rows: string;
  readonly decisions: string;
  /** The verdicts of a part of the keys. */
  verdicts(part: number): string;
  counts(part: number): string;
}

/** What the names of all shared stages begin with. */
const PREFIX = 'weir_stage_';
/** The first half of the lock that whoever uses a shared stage holds; any number, as long as nobody else takes it. */
const LOCK_SPACE = 473_190_422;
/**
 * How large the parts are against each other. While the first one is decided nobody can change facts, so it is small; but
 * for each part all rows are read, so there are few.
 */
const PART_SIZES = [1, 2, 3, 4, 4, 4, 4, 4];
/** Pages of rows that are enough to find keys which cut the rows into equal parts. */
const PAGES_LOOKED_AT = 500;

/** @param id eight hexadecimal digits, other for every stage */
export function nameSharedStage(id: string): SharedStageNames {
  const stage = `${PREFIX}${id}`;
  return {
    rows: `${stage}_rows`,
    decisions: `${stage}_decisions`,
    verdicts: (part) => `${stage}_verdicts_${part}`,
    counts: (part) => `${stage}_counts_${part}`,
  };
}

/** Tells the living from the dead: the lock ends with its session. */
export function lockSharedStage(id: string): Statement {
  return toStatement('lock-shared-stage', `SELECT pg_advisory_lock(${lockOf(id)})`);
}

export function createSharedRows({ rows }: SharedStageNames): Statement {
  const [create] = createTable({ ...STAGE_ROW_TABLE, name: rows }, 'postgres');
  const text = create!.replace('CREATE TABLE', 'CREATE UNLOGGED TABLE');
  return toStatement('create-shared-rows', `${text} WITH (autovacuum_enabled = false)`);
}

/** What a session knows as `stage_row` or `stage_verdict` from now on. */
export function showAs(view: string, tables: readonly string[]): Statement {
  const all = tables.map((table) => `SELECT * FROM ${table}`).join(' UNION ALL ');
  return toStatement('show-shared-stage', `CREATE OR REPLACE TEMPORARY VIEW ${view} AS ${all}`);
}

/** Rows with `bound`: the keys at which the parts begin that are decided one after the other, but for the first one. */
export function selectPartBounds({ rows }: SharedStageNames): Statement {
  const whole = sum(PART_SIZES);
  const fractions = PART_SIZES.slice(1).map((_, i) => (sum(PART_SIZES.slice(0, i + 1)) / whole).toFixed(4));
  return toStatement(
    'select-part-bounds',
    `SELECT DISTINCT bound FROM (
  SELECT UNNEST(PERCENTILE_DISC(ARRAY[${fractions.join(', ')}]) WITHIN GROUP (ORDER BY transaction_id)) AS bound
  FROM ${rows} TABLESAMPLE SYSTEM (LEAST(100, ${100 * 8192} * ${PAGES_LOOKED_AT}.0 / GREATEST(8192, PG_RELATION_SIZE('${rows}'))))
) bounds WHERE bound IS NOT NULL ORDER BY bound`,
  );
}

/** Rows with `id` and `tables`, a list for DROP: the shared stages that there are, also those in use. */
export function selectSharedStages(): Statement {
  return toStatement(
    'select-shared-stages',
    `SELECT SUBSTR(c.relname, ${PREFIX.length + 1}, 8) AS id, STRING_AGG(c.relname, ', ') AS tables
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname ~ '^${PREFIX}[0-9a-f]{8}_(rows|decisions|(verdicts|counts)_[0-9]+)$' AND c.relkind = 'r' AND c.relpersistence = 'u'
  AND n.nspname = CURRENT_SCHEMA() AND PG_GET_USERBYID(c.relowner) = CURRENT_USER
GROUP BY 1`,
  );
}

/** One row with `is_dead`: whether nobody used the stage. If so, the lock is ours now. */
export function tryLockSharedStage(id: string): Statement {
  return toStatement(
    'try-lock-shared-stage',
    `SELECT CASE WHEN pg_try_advisory_lock(${lockOf(id)}) THEN 1 END AS is_dead`,
  );
}

export function unlockSharedStage(id: string): Statement {
  return toStatement('unlock-shared-stage', `SELECT pg_advisory_unlock(${lockOf(id)})`);
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}

function lockOf(id: string): string {
  return `${LOCK_SPACE}, ${Number.parseInt(id, 16) | 0}`;
}
