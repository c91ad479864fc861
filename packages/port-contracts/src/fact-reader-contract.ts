import assert from 'node:assert/strict';
import { buildDelivery, commitDeliveries } from '@weir/core/testing';
import type { Contract } from './contract.ts';
import { idsFor, readFacts, type WarehouseSubject } from './warehouse-subject.ts';

const MANY = 12_345;
const MOST_A_BATCH = 10_000;

/** Reads what a warehouse committed. */
export const factReaderContract: Contract<WarehouseSubject> = {
  port: 'FactReader',
  clauses: {
    'reads nothing from an empty table': async (subject) => {
      assert.deepEqual(await readFacts(subject), []);
    },

    'reads in the byte order of the transaction id': async (subject) => {
      const ordered = [
        '',
        '\t',
        ' ',
        '!',
        '-1',
        '0',
        '10',
        '9',
        'A',
        'B',
        'Z-1',
        '_',
        'a',
        'a b',
        'aa',
        'b',
        'é',
        '日',
      ];
      const ids = idsFor(subject, [...ordered, '\ue000', '\uff5e', '\u{10000}', '\u{1f600}']);
      const rows = ids.toReversed().map((transaction_id) => ({ transaction_id }));
      await commitDeliveries(subject.warehouse, 'run-1', [buildDelivery({ rows })]);
      assert.deepEqual(
        (await readFacts(subject)).map(({ transaction_id }) => transaction_id),
        ids,
      );
    },

    'reads every fact once, in batches that are neither empty nor endless': async (subject) => {
      const rows = Array.from({ length: MANY }, (_, i) => ({ transaction_id: `T-${String(i).padStart(5, '0')}` }));
      await commitDeliveries(subject.warehouse, 'run-1', [buildDelivery({ rows: rows.toReversed() })]);
      let count = 0;
      for await (const batch of subject.facts.facts()) {
        assert.ok(batch.length > 0 && batch.length <= MOST_A_BATCH, `a batch of ${batch.length}`);
        for (const { transaction_id } of batch) assert.equal(transaction_id, rows[count++]!.transaction_id);
      }
      assert.equal(count, MANY);
    },

    'lets a reader stop early and begin again': async (subject) => {
      const rows = Array.from({ length: 5000 }, (_, i) => ({ transaction_id: `T-${i}` }));
      await commitDeliveries(subject.warehouse, 'run-1', [buildDelivery({ rows })]);
      for (let i = 0; i < 20; i++) {
        for await (const _ of subject.facts.facts()) break;
      }
      assert.equal((await readFacts(subject)).length, 5000);
    },

    'reads one state of the table, whatever is committed meanwhile': async (subject) => {
      const rows = Array.from({ length: MANY }, (_, i) => ({ transaction_id: `T-${i}` }));
      await commitDeliveries(subject.warehouse, 'run-1', [buildDelivery({ sourceModified: 1, rows })]);
      const next = buildDelivery({
        key: 'b.csv',
        sourceModified: 2,
        rows: rows.map((row) => ({ ...row, quantity: 9 })),
      });
      const runs = new Set<string>();
      let count = 0;
      for await (const batch of subject.facts.facts()) {
        if (count === 0) await commitDeliveries(subject.warehouse, 'run-2', [next]);
        count += batch.length;
        for (const { run_id } of batch) runs.add(run_id);
      }
      assert.deepEqual([count, [...runs]], [MANY, ['run-1']]);
    },

    'has no totals of an empty table': async ({ facts }) => {
      assert.deepEqual(await facts.totals({}), []);
    },

    'adds up amounts by day and class, in their order': async ({ warehouse, facts }) => {
      const rows = [
        { transaction_date: '2023-03-14', amount_class: 'a', total_amount: '0.10' },
        { transaction_date: '2023-03-14', amount_class: 'a', total_amount: '0.20' },
        { transaction_date: '2023-03-14', amount_class: 'B', total_amount: '0.00' },
        { transaction_date: '2023-03-13', amount_class: 'a', total_amount: '7.00' },
      ].map((row, i) => ({ ...row, transaction_id: `T-${i}` }));
      await commitDeliveries(warehouse, 'run-1', [buildDelivery({ rows })]);
      assert.deepEqual(await facts.totals({}), [
        { day: '2023-03-13', amountClass: 'a', transactions: 1, amount: '7.00' },
        { day: '2023-03-14', amountClass: 'B', transactions: 1, amount: '0.00' },
        { day: '2023-03-14', amountClass: 'a', transactions: 2, amount: '0.30' },
      ]);
    },

    'adds up exactly, beyond what a number holds': async ({ warehouse, facts }) => {
      const rows = Array.from({ length: 11 }, (_, i) => ({
        transaction_id: `T-${i}`,
        total_amount: i === 0 ? '0.01' : '9999999999999999.99',
      }));
      await commitDeliveries(warehouse, 'run-1', [buildDelivery({ rows })]);
      assert.equal((await facts.totals({}))[0]!.amount, '99999999999999999.91');
    },

    'adds up what one run wrote last, where a run is named': async ({ warehouse, facts }) => {
      const deliver = (runId: string, sourceModified: number, ids: readonly string[], price: string) => {
        const rows = ids.map((transaction_id) => ({ transaction_id, quantity: 1, price }));
        return commitDeliveries(warehouse, runId, [buildDelivery({ key: `${runId}.csv`, sourceModified, rows })]);
      };
      await deliver('run-1', 1, ['T-1', 'T-2'], '1.00');
      await deliver('run-2', 2, ['T-2', 'T-3', 'T-4'], '10.00');
      const total = async (runId: string) => (await facts.totals({ runId })).map(({ amount }) => amount);
      assert.deepEqual(await total('run-1'), ['1.00']);
      assert.deepEqual(await total('run-2'), ['30.00']);
      assert.deepEqual(await total('run-3'), []);
    },

    'reads the fact of one transaction as it reads all': async (subject) => {
      const ids = ['T-1', "T-'2", 'T-\\3', 'é', 'T'];
      await commitDeliveries(subject.warehouse, 'run-1', [
        buildDelivery({
          key: "d'ay/a\\.csv",
          rows: ids.map((transaction_id, i) => ({ transaction_id, price: `${i}.5` })),
        }),
      ]);
      for (const fact of await readFacts(subject)) {
        assert.deepEqual(await subject.facts.fact(fact.transaction_id), fact);
      }
    },

    'knows no fact of a transaction that nobody delivered': async (subject) => {
      await commitDeliveries(subject.warehouse, 'run-1', [buildDelivery({ rows: [{}] })]);
      for (const id of ['t-1', 'T-', 'T-11', '', 'T-1\0', '\ud800', "x' OR '1'='1", '%']) {
        assert.equal(await subject.facts.fact(id), undefined);
      }
    },
  },
};
