/** Ids and times differ from life to life, and nothing is decided by them. */
const TOLD_APART_BY_NOTHING = new Set([
  'run_id',
  'runId',
  'startedAt',
  'finishedAt',
  'first_seen',
  'last_seen',
  'error',
]);

/** One text for all that a next process can find. */
export function stateOf(found: unknown): string {
  return JSON.stringify(found, (name, value) => (TOLD_APART_BY_NOTHING.has(name) ? undefined : value));
}
