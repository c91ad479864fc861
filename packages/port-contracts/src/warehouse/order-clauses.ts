import assert from 'node:assert/strict';
import { compareVersions, type Fact, type Version } from '@weir/core';
import { buildDelivery, commitDeliveries, type Delivery } from '@weir/core/testing';
import type { Contract } from '../contract.ts';
import { readFacts, type WarehouseSubject } from '../warehouse-subject.ts';

/** A set of deliveries in some order, cut into runs. */
type History<Item> = readonly (readonly Item[])[];

/** The promise of rules.md 6: the fact table is a function of the set of deliveries. */
export const ORDER_CLAUSES: Contract<WarehouseSubject>['clauses'] = {
  'gives X@1, X@3, Y@2 the same end in every order and every split into runs': async (subject) => {
    const [x1, y2, x3] = [
      { customer: 'X', version: 1 },
      { customer: 'Y', version: 2 },
      { customer: 'X', version: 3 },
    ];
    const orders = [
      [x1, x3, y2],
      [x1, y2, x3],
      [x3, x1, y2],
      [x3, y2, x1],
      [y2, x1, x3],
      [y2, x3, x1],
    ];
    const histories = orders.flatMap(([a, b, c]) => [[[a], [b], [c]], [[a, b], [c]], [[a], [b, c]], [[a, b, c]]]);
    for (const [h, history] of histories.entries()) {
      await play(subject, `h${h}`, history, ({ customer, version }) => ({
        key: `${version}.csv`,
        sourceModified: version,
        rows: [{ customer_id: customer }],
      }));
    }
    const ends = (await readFacts(subject)).map((fact) => [fact.customer_id, fact.source_modified, fact.source_line]);
    assert.deepEqual(ends, Array(histories.length).fill(['X', 3, 2]));
  },

  'gives a set of deliveries the same facts in any order, split and repetition': async (subject) => {
    const random = seedRandom(20230315);
    const deliveries = Array.from({ length: 12 }, (_, d) => ({
      key: `${Math.floor(random() * 4)}/${d}.csv`,
      sourceDay: `2023-03-1${Math.floor(random() * 2)}`,
      sourceModified: 1000 + Math.floor(random() * 2),
      rows: Array.from({ length: 6 }, () => ({
        transaction_id: `T-${Math.floor(random() * 5)}`,
        customer_id: `C-${Math.floor(random() * 2)}`,
        transaction_date: `2023-03-0${1 + Math.floor(random() * 2)}`,
        status: random() < 0.5 ? 'Pending' : 'Completed',
      })),
    }));
    for (let h = 0; h < 8; h++) {
      const order = [...deliveries, ...deliveries.slice(0, h)].sort(() => random() - 0.5);
      const runs: (typeof deliveries)[] = [];
      for (const delivery of order) {
        const last = runs.at(-1);
        if (last === undefined || last.includes(delivery) || random() < 0.5) runs.push([delivery]);
        else last.push(delivery);
      }
      await play(subject, `h${h}`, runs, (delivery) => delivery);
    }
    const expected = pickWinners(deliveries.map((delivery) => buildDelivery(delivery)));
    const facts = await readFacts(subject);
    for (let h = 0; h < 8; h++) {
      const found = facts.filter(({ transaction_id }) => transaction_id.startsWith(`h${h}/`)).map(toEnd);
      assert.deepEqual(Object.fromEntries(found), expected, `history ${h}`);
    }
  },
};

/** Commits a history under ids and keys of its own, so that many of them fit into one warehouse. */
async function play<Item>(
  { warehouse }: WarehouseSubject,
  name: string,
  history: History<Item>,
  toValues: (item: Item) => Parameters<typeof buildDelivery>[0] & object,
): Promise<void> {
  for (const [r, items] of history.entries()) {
    const deliveries = items.map((item) => {
      const { rows = [], key, ...values } = toValues(item);
      const named = rows.map((row) => ({ ...row, transaction_id: `${name}/${row.transaction_id ?? 'T-1'}` }));
      return buildDelivery({ ...values, key: `${name}/${key}`, rows: named });
    });
    await commitDeliveries(warehouse, `${name}-${r}`, deliveries);
  }
}

/** The rule once more, in its plainest form: of all rows with an id the one with the greatest version. */
function pickWinners(deliveries: readonly Delivery[]): Record<string, unknown> {
  const winners = new Map<string, { version: Version; customer: string }>();
  for (const { rows, ...file } of deliveries) {
    for (const row of rows) {
      const version: Version = {
        terminal: 0,
        transactionDate: row.transaction_date,
        statusRank: row.status_rank,
        sourceDay: file.sourceDay,
        sourceModified: file.sourceModified,
        sourceLine: row.source_line,
        sourceKey: file.key,
      };
      const best = winners.get(row.transaction_id);
      if (best === undefined || compareVersions(version, best.version).order > 0) {
        winners.set(row.transaction_id, { version, customer: row.customer_id });
      }
    }
  }
  return Object.fromEntries(
    [...winners].map(([id, { version, customer }]) => [id, [customer, version.sourceKey, version.sourceLine]]),
  );
}

function toEnd({ transaction_id, customer_id, source_key, source_line }: Fact): readonly [string, unknown] {
  const withoutName = (text: string) => text.slice(text.indexOf('/') + 1);
  return [withoutName(transaction_id), [customer_id, withoutName(source_key), source_line]];
}

/** A small repeatable source of numbers from 0 to 1 (mulberry32). */
function seedRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
