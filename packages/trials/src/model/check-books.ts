import { addBooks, type Books, type RunRecord } from '@weir/core';
import { pickWinners } from './expected-tables.ts';
import type { GoodRow, JudgedDelivery } from './judge-delivery.ts';
import { compareModelVersions } from './model-version.ts';

/**
 * Each delivery was committed once, and the books of every run are those that rules 3 and 6 give for its files after all
 * that was committed before it.
 */
export function checkBooks(runs: readonly RunRecord[], deliveries: readonly JudgedDelivery[]): readonly string[] {
  const violations: string[] = [];
  const waiting = new Map(deliveries.map((delivery) => [idOf(delivery), delivery]));
  const before: JudgedDelivery[] = [];
  for (const { runId, files } of runs) {
    const committed = files.flatMap(({ key, contentHash, status, books }) => {
      const id = idOf({ key, contentHash });
      const delivery = waiting.get(id);
      if (delivery?.status !== status) {
        violations.push(`I4 ${runId} has ${key} as ${status}, which it is not, or is once more`);
        return [];
      }
      if (status !== 'refused') waiting.delete(id);
      return [{ delivery, books }];
    });
    const run = committed.map(({ delivery }) => delivery);
    const winners = pickWinners(run);
    const stored = pickWinners(before);
    for (const { delivery, books } of committed) {
      const expected = tell(booksOf(delivery, winners, stored));
      if (tell(books) !== expected)
        violations.push(`I1 ${runId} counts ${tell(books)} of ${delivery.key}, not ${expected}`);
    }
    before.push(...run);
  }
  const missed = [...waiting.values()].filter(({ status }) => status !== 'refused');
  return [...violations, ...missed.map(({ key }) => `I4 ${key} was delivered, but never committed`)];
}

function booksOf(
  delivery: JudgedDelivery,
  winners: ReadonlyMap<string, GoodRow>,
  stored: ReadonlyMap<string, GoodRow>,
): Books {
  if (delivery.status !== 'loaded') return addBooks([]);
  const books = { ...addBooks([]), read: delivery.read, rejected: delivery.rejects.length };
  for (const row of delivery.rows) books[verdictOn(row, winners.get(row.id)!, stored.get(row.id))]++;
  return books;
}

function verdictOn(row: GoodRow, winner: GoodRow, stored: GoodRow | undefined) {
  if (row !== winner) return 'duplicate';
  if (stored === undefined) return 'inserted';
  const order = compareModelVersions(row.version, stored.version);
  if (order < 0) return 'stale';
  return order === 0 || JSON.stringify(row.content) === JSON.stringify(stored.content) ? 'unchanged' : 'updated';
}

function tell({ read, inserted, updated, unchanged, stale, duplicate, rejected }: Books): string {
  return JSON.stringify({ read, inserted, updated, unchanged, stale, duplicate, rejected });
}

function idOf({ key, contentHash }: { readonly key: string; readonly contentHash: string }): string {
  return JSON.stringify([key, contentHash]);
}
