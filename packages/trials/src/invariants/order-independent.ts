import type { Fact, FaultCode } from '@weir/core';
import type { Observation } from './observation.ts';

/** What the set of deliveries makes of the tables; whatever depends on the order of arrival is not in it. */
export interface ExpectedTables {
  /** In any order; without the run that wrote them. */
  readonly facts: readonly Omit<Fact, 'run_id'>[];
  readonly rejects: readonly ExpectedReject[];
}

export interface ExpectedReject {
  readonly source_key: string;
  readonly content_hash: string;
  readonly source_line: number;
  readonly raw_record: string;
  /** In the order of their letters. */
  readonly codes: readonly FaultCode[];
}

/** I4: the facts and the rejects are those of the set of deliveries. */
export function checkOrderIndependent(
  { facts, rejects }: Pick<Observation, 'facts' | 'rejects'>,
  expected: ExpectedTables,
): readonly string[] {
  return [
    ...compare(
      'fact',
      facts.map(({ run_id: _, ...fact }) => fact),
      expected.facts,
    ),
    ...compare(
      'reject',
      rejects.map(({ source_key, content_hash, source_line, raw_record, faults }) => ({
        source_key,
        content_hash,
        source_line,
        raw_record,
        codes: faults.map(({ code }) => code).sort(),
      })),
      expected.rejects,
    ),
  ];
}

function compare(what: string, there: readonly object[], expected: readonly object[]): readonly string[] {
  const missing = new Map<string, number>();
  for (const row of expected) count(missing, row, 1);
  for (const row of there) count(missing, row, -1);
  return [...missing].flatMap(([row, number]) =>
    number === 0 ? [] : [`I4 ${number > 0 ? 'a missing' : 'an unexpected'} ${what}: ${row}`],
  );
}

function count(counts: Map<string, number>, row: object, by: number): void {
  const text = JSON.stringify(Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))));
  counts.set(text, (counts.get(text) ?? 0) + by);
}
