import type { Fact } from '@weir/core';
import type { ExpectedTables } from '../invariants/index.ts';
import type { GoodRow, JudgedDelivery } from './judge-delivery.ts';
import { compareModelVersions } from './model-version.ts';

/** The tables as a function of the set of deliveries, by rules 2 and 6 alone: of each transaction the greatest version stays. */
export function expectTables(deliveries: readonly JudgedDelivery[]): ExpectedTables {
  const loaded = deliveries.filter(({ status }) => status === 'loaded');
  return {
    facts: [...pickWinners(loaded).values()].map(toFact),
    rejects: loaded.flatMap(({ key, contentHash, rejects }) =>
      rejects.map(({ line, text, codes }) => ({
        source_key: key,
        content_hash: contentHash,
        source_line: line,
        raw_record: text,
        codes: codes.toSorted(),
      })),
    ),
  };
}

export function pickWinners(deliveries: readonly Pick<JudgedDelivery, 'rows'>[]): ReadonlyMap<string, GoodRow> {
  const winners = new Map<string, GoodRow>();
  for (const row of deliveries.flatMap(({ rows }) => rows)) {
    const best = winners.get(row.id);
    if (best === undefined || compareModelVersions(row.version, best.version) > 0) winners.set(row.id, row);
  }
  return winners;
}

function toFact({ content, version: { terminal: _, ...version } }: GoodRow): Omit<Fact, 'run_id'> {
  return { ...content, ...version } as unknown as Omit<Fact, 'run_id'>;
}
