import assert from 'node:assert/strict';
import { buildDelivery, commitDeliveries, type DeliveryValues, type StagedRow } from '@weir/core/testing';
import { buildBooks } from '../build-books.ts';
import type { Contract } from '../contract.ts';
import { idsFor, readFact, readFacts, type WarehouseSubject } from '../warehouse-subject.ts';

const OLDER = Date.UTC(2023, 2, 15, 6);
const MIDDLE = Date.UTC(2023, 2, 15, 7);
const NEWER = Date.UTC(2023, 2, 15, 8);

/** A delivery of the one row T-1, in the file of a given time. */
function at(sourceModified: number, row: Partial<StagedRow> = {}, values: DeliveryValues = {}) {
  return buildDelivery({ key: `day/${sourceModified}.csv`, sourceModified, rows: [row], ...values });
}

/** rules.md 3 and 6: what becomes of a row. */
export const VERDICT_CLAUSES: Contract<WarehouseSubject>['clauses'] = {
  'inserts a row whose transaction id is unknown, with where it came from': async (subject) => {
    const { files } = await commitDeliveries(subject.warehouse, 'run-1', [at(OLDER)]);
    assert.deepEqual(files, [{ key: `day/${OLDER}.csv`, status: 'loaded', books: buildBooks({ inserted: 1 }) }]);
    assert.deepEqual(await readFacts(subject), [
      {
        transaction_id: 'T-1',
        customer_id: 'C-1',
        product_id: 'P-1',
        quantity: 2,
        price: '19.99',
        transaction_date: '2023-03-14',
        payment_type: 'PayPal',
        status: 'Completed',
        total_amount: '39.98',
        amount_class: 'Small',
        product_name: 'Kettle',
        category: 'Kitchen',
        supplier_id: 'S-1',
        list_price: '21.50',
        membership_level: 'Gold',
        status_rank: 3,
        source_key: `day/${OLDER}.csv`,
        source_day: '2023-03-15',
        source_modified: OLDER,
        source_line: 2,
        run_id: 'run-1',
      },
    ]);
  },

  'updates a stored row when a greater version says something else': async (subject) => {
    await commitDeliveries(subject.warehouse, 'run-1', [at(OLDER)]);
    const { files } = await commitDeliveries(subject.warehouse, 'run-2', [at(NEWER, { quantity: 3 })]);
    assert.deepEqual(files[0]!.books, buildBooks({ updated: 1 }));
    const fact = await readFact(subject);
    assert.deepEqual([fact.quantity, fact.total_amount], [3, '59.97']);
    assert.deepEqual([fact.source_modified, fact.run_id], [NEWER, 'run-2']);
  },

  'keeps the stored row when the incoming one is older': async (subject) => {
    await commitDeliveries(subject.warehouse, 'run-1', [at(NEWER)]);
    const before = await readFacts(subject);
    const { files } = await commitDeliveries(subject.warehouse, 'run-2', [at(OLDER, { quantity: 3 })]);
    assert.deepEqual(files[0]!.books, buildBooks({ stale: 1 }));
    assert.deepEqual(await readFacts(subject), before);
  },

  'calls an older row stale even when it says what is stored': async (subject) => {
    await commitDeliveries(subject.warehouse, 'run-1', [at(NEWER)]);
    const { files } = await commitDeliveries(subject.warehouse, 'run-2', [at(OLDER)]);
    assert.deepEqual(files[0]!.books, buildBooks({ stale: 1 }));
    assert.equal((await readFact(subject)).source_modified, NEWER);
  },

  'writes nothing when the version is equal': async (subject) => {
    await commitDeliveries(subject.warehouse, 'run-1', [at(OLDER)]);
    const before = await readFacts(subject);
    const again = at(OLDER, {}, { contentHash: `sha256:${'ab'.repeat(32)}` });
    const { files } = await commitDeliveries(subject.warehouse, 'run-2', [again]);
    assert.deepEqual(files[0]!.books, buildBooks({ unchanged: 1 }));
    assert.deepEqual(await readFacts(subject), before);
  },

  'advances the version of an unchanged row': async (subject) => {
    await commitDeliveries(subject.warehouse, 'run-1', [at(OLDER)]);
    const { files } = await commitDeliveries(subject.warehouse, 'run-2', [at(NEWER)]);
    assert.deepEqual(files[0]!.books, buildBooks({ unchanged: 1 }));
    const { source_key, source_modified, run_id } = await readFact(subject);
    assert.deepEqual(
      { source_key, source_modified, run_id },
      {
        source_key: `day/${NEWER}.csv`,
        source_modified: NEWER,
        run_id: 'run-2',
      },
    );
  },

  'does not let an older row win after an unchanged one': async (subject) => {
    await commitDeliveries(subject.warehouse, 'run-1', [at(OLDER)]);
    await commitDeliveries(subject.warehouse, 'run-2', [at(NEWER)]);
    const { files } = await commitDeliveries(subject.warehouse, 'run-3', [at(MIDDLE, { quantity: 9 })]);
    assert.deepEqual(files[0]!.books, buildBooks({ stale: 1 }));
    assert.equal((await readFact(subject)).quantity, 2);
  },

  'takes a change of any column of the content for an update': async (subject) => {
    const changes: readonly Partial<StagedRow>[] = [
      { customer_id: 'C-2' },
      { product_id: 'P-2' },
      { quantity: 7 },
      { price: '20.00' },
      { transaction_date: '2023-03-15' },
      { payment_type: 'Cash' },
      { status: 'Refunded' },
      { total_amount: '40.00' },
      { amount_class: 'Large' },
      { product_name: 'Kettle 2' },
      { category: 'Garden' },
      { supplier_id: 'S-2' },
      { list_price: '21.51' },
      { membership_level: '' },
    ];
    const rows = changes.map((_, i) => ({ transaction_id: `T-${i}` }));
    await commitDeliveries(subject.warehouse, 'run-1', [buildDelivery({ sourceModified: OLDER, rows })]);
    const changed = changes.map((change, i) => ({ ...rows[i], ...change }));
    const delivery = buildDelivery({ key: 'next.csv', sourceModified: NEWER, rows: changed });
    const { files } = await commitDeliveries(subject.warehouse, 'run-2', [delivery]);
    assert.deepEqual(files[0]!.books, buildBooks({ updated: changes.length }));
  },

  'keeps the best row of a transaction id in a commit and counts the others as duplicates': async (subject) => {
    const delivery = buildDelivery({
      rows: [{ quantity: 1 }, { quantity: 3, status: 'Refunded' }, { quantity: 2 }, { transaction_id: 'T-2' }],
    });
    const { files } = await commitDeliveries(subject.warehouse, 'run-1', [delivery]);
    assert.deepEqual(files[0]!.books, buildBooks({ inserted: 2, duplicate: 2 }));
    assert.equal((await readFact(subject)).quantity, 3);
  },

  'counts a duplicate in the file that lost, whichever file comes first': async (subject) => {
    const older = at(OLDER, { quantity: 1 });
    const newer = at(NEWER, { quantity: 3 });
    const { files } = await commitDeliveries(subject.warehouse, 'run-1', [newer, older]);
    assert.deepEqual(
      files.map(({ books }) => books),
      [buildBooks({ inserted: 1 }), buildBooks({ duplicate: 1 })],
    );
    assert.equal((await readFact(subject)).quantity, 3);
  },

  'counts duplicates as duplicates also where the stored row beats them all': async (subject) => {
    await commitDeliveries(subject.warehouse, 'run-1', [at(NEWER)]);
    const { files } = await commitDeliveries(subject.warehouse, 'run-2', [
      at(OLDER, {}, { rows: [{ quantity: 1 }, { quantity: 3 }] }),
    ]);
    assert.deepEqual(files[0]!.books, buildBooks({ stale: 1, duplicate: 1 }));
    assert.equal((await readFact(subject)).quantity, 2);
  },

  'gives each row of a run its own verdict': async (subject) => {
    const ids = ['updated', 'unchanged', 'stale'].map((transaction_id) => ({ transaction_id }));
    await commitDeliveries(subject.warehouse, 'run-1', [
      buildDelivery({ key: 'a.csv', sourceModified: MIDDLE, rows: ids.slice(0, 2) }),
      buildDelivery({ key: 'b.csv', sourceModified: NEWER, rows: ids.slice(2) }),
    ]);
    const mixed = buildDelivery({
      key: 'c.csv',
      sourceModified: MIDDLE + 1,
      rows: [
        { transaction_id: 'updated', quantity: 5 },
        { transaction_id: 'unchanged' },
        { transaction_id: 'stale', quantity: 5 },
        { transaction_id: 'new', quantity: 1 },
        { transaction_id: 'new', quantity: 2 },
      ],
      rejects: [{}],
    });
    const { files } = await commitDeliveries(subject.warehouse, 'run-2', [mixed]);
    const expected = buildBooks({ inserted: 1, updated: 1, unchanged: 1, stale: 1, duplicate: 1, rejected: 1 });
    assert.deepEqual(files[0]!.books, expected);
    assert.equal((await readFact(subject, 'new')).quantity, 2);
  },

  'tells transaction ids apart by every byte': async (subject) => {
    const ids = idsFor(subject, ['a', 'A', 'a ', ' a', 'á', 'a\u0301', 'ａ', 'a\t', '']);
    const delivery = buildDelivery({ rows: ids.map((transaction_id) => ({ transaction_id })) });
    const { files } = await commitDeliveries(subject.warehouse, 'run-1', [delivery]);
    assert.deepEqual(files[0]!.books, buildBooks({ inserted: ids.length }));
  },
};
