import assert from 'node:assert/strict';
import { type DeliveredFile, type PreviewedRun, parsePolicy } from '@weir/core';
import {
  buildDelivery,
  buildFaults,
  buildRun,
  commitDeliveries,
  type Delivery,
  stageDeliveries,
} from '@weir/core/testing';
import { assertPortError } from '../assert-port-error.ts';
import { buildBooks } from '../build-books.ts';
import type { Contract } from '../contract.ts';
import { readFacts, type WarehouseSubject } from '../warehouse-subject.ts';

const OLDER = Date.UTC(2023, 2, 15, 6);
const NEWER = Date.UTC(2023, 2, 15, 8);
const STORED = buildDelivery({
  key: 'stored.csv',
  sourceModified: OLDER,
  rows: ['A', 'B', 'C', 'D'].map((transaction_id) => ({ transaction_id })),
});
const CHANGING = buildDelivery({
  key: 'changing.csv',
  sourceModified: NEWER,
  rows: [
    { transaction_id: 'B', source_line: 9, status: 'Refunded' },
    { transaction_id: 'A', source_line: 4, quantity: 3, product_name: 'Kettle "2", é' },
    { transaction_id: 'C', source_line: 5 },
    { transaction_id: 'D', source_line: 7, transaction_date: '2023-03-13' },
    { transaction_id: 'B', source_line: 8 },
    { transaction_id: 'new', source_line: 3 },
  ],
  rejects: [
    { source_line: 12, faults: buildFaults('date-not-a-date', 'product-unknown') },
    { source_line: 2, faults: buildFaults('quantity-not-positive') },
    { source_line: 11 },
  ],
});
const OTHER = buildDelivery({
  key: 'another.csv',
  sourceModified: NEWER + 1,
  rows: [{ transaction_id: 'C', source_line: 2, customer_id: 'C-9' }],
  rejects: [{ source_line: 3 }],
});

/** What a commit would do, told and not done. */
export const PREVIEW_CLAUSES: Contract<WarehouseSubject>['clauses'] = {
  'previews the books of a commit, file by file': async (subject) => {
    await commitDeliveries(subject.warehouse, 'run-1', [STORED]);
    const deliveries = [
      CHANGING,
      buildDelivery({ key: 'empty.csv', status: 'empty', size: 0, header: '' }),
      OTHER,
      buildDelivery({
        key: 'refused.csv',
        status: 'refused',
        refusal: { code: 'file-not-text', message: 'It is UTF-16.' },
        rows: [{}],
      }),
    ];
    const { files } = await preview(subject, deliveries);
    assert.deepEqual(
      files.map(({ status }) => status),
      ['loaded', 'empty', 'loaded', 'refused'],
    );
    assert.deepEqual(files[0]!.books, buildBooks({ inserted: 1, updated: 2, stale: 1, duplicate: 2, rejected: 3 }));
    assert.deepEqual(files, (await commitDeliveries(subject.warehouse, 'run-2', deliveries)).files);
  },

  'writes nothing that anybody sees in a preview': async (subject) => {
    await commitDeliveries(subject.warehouse, 'run-1', [STORED]);
    const before = await observe(subject);
    await preview(subject, [CHANGING, OTHER]);
    assert.deepEqual(await observe(subject), before);
  },

  'tells the first rejects of each file in a preview, with their codes': async (subject) => {
    const { rejects } = await preview(subject, [CHANGING, OTHER], 2);
    assert.deepEqual(rejects, [
      { key: 'changing.csv', line: 2, codes: ['quantity-not-positive'] },
      { key: 'changing.csv', line: 11, codes: ['quantity-not-positive'] },
      { key: 'another.csv', line: 3, codes: ['quantity-not-positive'] },
    ]);
    const all = await preview(subject, [CHANGING]);
    assert.deepEqual(all.rejects[2]?.codes, ['date-not-a-date', 'product-unknown']);
  },

  'tells the first changes of each file in a preview, with old and new values where they differ': async (subject) => {
    await commitDeliveries(subject.warehouse, 'run-1', [STORED]);
    const { changes } = await preview(subject, [CHANGING, OTHER], 1);
    assert.deepEqual(changes, [
      {
        key: 'changing.csv',
        line: 4,
        transactionId: 'A',
        columns: [
          { column: 'quantity', before: '2', after: '3' },
          { column: 'total_amount', before: '39.98', after: '59.97' },
          { column: 'product_name', before: 'Kettle', after: 'Kettle "2", é' },
        ],
      },
      {
        key: 'another.csv',
        line: 2,
        transactionId: 'C',
        columns: [{ column: 'customer_id', before: 'C-1', after: 'C-9' }],
      },
    ]);
    const both = await preview(subject, [CHANGING], 9);
    assert.deepEqual(
      both.changes.map(({ line, transactionId }) => [line, transactionId]),
      [
        [4, 'A'],
        [9, 'B'],
      ],
    );
  },

  'tells no example in a preview where none is asked for': async (subject) => {
    await commitDeliveries(subject.warehouse, 'run-1', [STORED]);
    const { rejects, changes } = await preview(subject, [CHANGING], 0);
    assert.deepEqual([rejects, changes], [[], []]);
  },

  'knows a file in a preview that another run committed since the stage was opened': async (subject) => {
    await commitDeliveries(subject.warehouse, 'run-1', [STORED]);
    const stage = await subject.warehouse.openStage('run-slow');
    await stageDeliveries(stage, [CHANGING]);
    await commitDeliveries(subject.warehouse, 'run-quick', [CHANGING]);
    const previewed = await stage.preview(toPreview([CHANGING], 5));
    await stage.close();
    const files = [{ key: 'changing.csv', status: 'already-loaded', books: buildBooks() }];
    assert.deepEqual(previewed, { files, rejects: [], changes: [] });
  },

  'gives no preview where the stage does not hold what was counted': async (subject) => {
    const wrong = { ...CHANGING, read: CHANGING.read + 1 };
    await assertPortError(() => preview(subject, [wrong]), 'warehouse.count-mismatch');
  },

  'commits no stage that was previewed': async (subject) => {
    const stage = await subject.warehouse.openStage('run-1');
    await stageDeliveries(stage, [CHANGING]);
    await stage.preview(toPreview([CHANGING], 1));
    await assertPortError(() => stage.commit(buildRun('run-1', [CHANGING])), 'warehouse.stage-closed');
    await stage.close();
    await stage.close();
    assert.deepEqual(await readFacts(subject), []);
  },
};

async function preview(
  { warehouse }: WarehouseSubject,
  deliveries: readonly Delivery[],
  examples = 10,
): Promise<PreviewedRun> {
  const stage = await warehouse.openStage('run-previewed');
  try {
    await stageDeliveries(stage, deliveries);
    return await stage.preview(toPreview(deliveries, examples));
  } finally {
    await stage.close();
  }
}

function toPreview(deliveries: readonly Delivery[], examples: number) {
  return { policy: parsePolicy(), files: buildRun('', deliveries).files as readonly DeliveredFile[], examples };
}

async function observe(subject: WarehouseSubject): Promise<unknown> {
  const hashes = await subject.warehouse.committedHashes([CHANGING.key, OTHER.key]);
  return [
    await readFacts(subject),
    await subject.rejects(),
    await subject.decisions(),
    await subject.history.runs({ limit: 100 }),
    hashes.size,
  ];
}
