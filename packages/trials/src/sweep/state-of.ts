/** What nothing is decided by: the words in which a fault is told, and the times and ids of what is over. */
const TOLD_ONLY = new Set([
  'error',
  'problem',
  'reason',
  'finishedAt',
  'first_seen',
  'last_seen',
  'notifiedAt',
  'settledAt',
]);
const NAMES_OF_RUNS = new Set(['run_id', 'runId', 'startedAt']);

/** One text for all that a next process can find, where each run has an id of its own and no time is looked at. */
export function stateOf(found: unknown): string {
  return JSON.stringify(found, (name, value) => (NAMES_OF_RUNS.has(name) || TOLD_ONLY.has(name) ? undefined : value));
}

/** As `stateOf`, where the id of a run says what it is, and leases run out. Who held a lease matters where it was a job. */
export function plannedStateOf(found: unknown): string {
  return JSON.stringify(found, (name, value) => {
    if (name === 'notifiedAt' || name === 'settledAt') return value !== undefined;
    if (name === 'owner' && !String(value).startsWith('job ')) return '';
    return TOLD_ONLY.has(name) ? undefined : value;
  });
}
