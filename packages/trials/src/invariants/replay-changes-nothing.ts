import type { Observation } from './observation.ts';

/**
 * I3: after the same deliveries came once more, all that a warehouse holds is what it was, down to the runs. A refused file is
 * read again, so its runs are left out.
 */
export function checkReplayChangesNothing(before: Observation, after: Observation): readonly string[] {
  const parts = ['facts', 'rejects', 'decisions', 'archived', 'quarantined'] as const;
  return [
    ...parts.flatMap((part) => (tell(before[part]) === tell(after[part]) ? [] : [`I3 a replay changed the ${part}`])),
    ...(tell(committing(before)) === tell(committing(after)) ? [] : ['I3 a replay committed something']),
  ];
}

function committing({ runs }: Observation): readonly unknown[] {
  return runs.filter(({ files }) => files.some(({ status }) => status !== 'refused'));
}

/** Postgres gives rows in no order. */
function tell(rows: readonly unknown[]): string {
  return JSON.stringify(rows.map((row) => JSON.stringify(row)).sort());
}
