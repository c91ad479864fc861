import type { Pool } from 'pg';

/** What a database holds, as sorted lines, in one snapshot. What differs from run to run (ids of runs, times of the day) is left out. */
export type DatabaseState = Readonly<Record<(typeof PARTS)[number]['name'], readonly string[]>>;

const PARTS = [
  { name: 'facts', table: 'fact_transactions', without: ['run_id', 'first_loaded_at', 'updated_at'], only: 'true' },
  { name: 'rejects', table: 'ingest_reject', without: ['run_id', 'first_seen', 'last_seen'], only: 'true' },
  { name: 'decisions', table: 'ingest_decision', without: ['run_id', 'other_run_id', 'decided_at'], only: 'true' },
  // A refused file is read, and recorded, as often as it is met.
  { name: 'files', table: 'ingest_file', without: ['run_id', 'loaded_at'], only: "status <> 'refused'" },
] as const;

const SELECT_STATE = PARTS.map(
  ({ name, table, without, only }) =>
    `SELECT '${name}' AS part, (to_jsonb(t) - '{${without}}'::text[])::text AS line FROM ${table} t WHERE ${only}`,
).join(' UNION ALL ');

export async function readState(pool: Pool): Promise<DatabaseState> {
  const { rows } = await pool.query<{ part: string; line: string }>(SELECT_STATE);
  const linesOf = (name: string) =>
    rows
      .filter(({ part }) => part === name)
      .map(({ line }) => line)
      .sort();
  return {
    facts: linesOf('facts'),
    rejects: linesOf('rejects'),
    decisions: linesOf('decisions'),
    files: linesOf('files'),
  };
}

/** The names of those parts in which two states differ. */
export function differences(one: DatabaseState, other: DatabaseState): readonly string[] {
  return PARTS.map(({ name }) => name).filter((name) => one[name].join('\n') !== other[name].join('\n'));
}
