import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { FactReader, PolicyInput } from '@weir/core';
import { commitDeliveries, InMemoryWarehouse } from '@weir/core/testing';
import fc from 'fast-check';
import { arbitraryDeliveries, arbitraryRuns } from './postgres-arbitrary-deliveries.ts';
import { CONNECTIONS, openWarehouseSubject } from './postgres-warehouse-subject.ts';

/** A commit takes some 40 ms, and a scenario has up to 14 of them. */
const SCENARIOS = 25;

let subject: Awaited<ReturnType<typeof openWarehouseSubject>>;

const scenario = arbitraryDeliveries.chain((deliveries) =>
  fc.record({
    deliveries: fc.constant(deliveries),
    runs: arbitraryRuns(deliveries),
    others: arbitraryRuns(deliveries),
    terminalStatuses: fc.subarray(['Completed', 'refunded']),
  }),
);

describe.each(CONNECTIONS)('the upsert rule in SQL, %s,', (_, connections) => {
  beforeAll(async () => {
    subject = await openWarehouseSubject(connections);
  });
  afterAll(() => subject.close());
  beforeEach(empty);

  test('gives every row the verdict, and the deciding field, that the rule in TypeScript gives it', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ runs, terminalStatuses }) => {
        await empty();
        const policy: PolicyInput = { decisions: 'all', terminalStatuses };
        const model = new InMemoryWarehouse();
        for (const [i, deliveries] of runs.entries()) {
          const expected = await commitDeliveries(model, `run-${i}`, deliveries, { policy });
          const committed = await commitDeliveries(subject.warehouse, `run-${i}`, deliveries, { policy });
          expect(committed).toEqual(expected);
        }
        expect(sort(await subject.decisions())).toEqual(sort(await model.decisions()));
        expect(await read(subject.facts)).toEqual(await read(model));
      }),
      { numRuns: SCENARIOS },
    );
  }, 120_000);

  test('makes the fact table a function of the set of deliveries: of any order, split and repetition', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ runs, others, terminalStatuses }) => {
        const ends = [];
        for (const history of [runs, others]) {
          await empty();
          for (const [i, deliveries] of history.entries()) {
            await commitDeliveries(subject.warehouse, `run-${i}`, deliveries, { policy: { terminalStatuses } });
          }
          ends.push((await read(subject.facts)).map(({ run_id: _, ...fact }) => fact));
        }
        expect(ends[1]).toEqual(ends[0]);
      }),
      { numRuns: SCENARIOS },
    );
  }, 120_000);
});

async function empty(): Promise<void> {
  await subject.pool.query('TRUNCATE fact_transactions, ingest_run, ingest_file, ingest_reject, ingest_decision');
}

async function read(reader: FactReader) {
  const facts = [];
  for await (const batch of reader.facts()) facts.push(...batch);
  return facts;
}

function sort<Row>(rows: readonly Row[]): readonly Row[] {
  const keyed = rows.map((row) => ({ row, key: JSON.stringify(Object.entries(row as object).sort()) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ row }) => row);
}
