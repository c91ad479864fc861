import assert from 'node:assert/strict';
import {
  buildDelivery,
  buildRun,
  buildStagedRow,
  commitDeliveries,
  type Delivery,
  encodeStagedRow,
  stageDeliveries,
} from '@weir/core/testing';
import { assertPortError } from '../assert-port-error.ts';
import { buildBooks } from '../build-books.ts';
import type { Contract } from '../contract.ts';
import { readFacts, type WarehouseSubject } from '../warehouse-subject.ts';

const MIXED = buildDelivery({ rows: [{}, { transaction_id: 'T-2' }, { transaction_id: 'T-2' }], rejects: [{}] });

/** One commit: all of a run or nothing of it. */
export const COMMIT_CLAUSES: Contract<WarehouseSubject>['clauses'] = {
  'shows nothing of a stage before its commit, and all of it afterwards': async (subject) => {
    const stage = await subject.warehouse.openStage('run-1');
    await stageDeliveries(stage, [MIXED]);
    assert.deepEqual(await observe(subject), NOTHING);
    await stage.commit(buildRun('run-1', [MIXED]));
    await stage.close();
    assert.deepEqual(await observe(subject), { facts: 2, rejects: 1, decisions: 1, runs: 1, known: 1 });
  },

  'leaves nothing of a stage that is closed without a commit': async (subject) => {
    const stage = await subject.warehouse.openStage('run-1');
    await stageDeliveries(stage, [MIXED]);
    await stage.close();
    assert.deepEqual(await observe(subject), NOTHING);
  },

  'starts with an empty stage where a run of that name gave up before': async (subject) => {
    const given = await subject.warehouse.openStage('run-1');
    await stageDeliveries(given, [MIXED]);
    await given.close();
    const { files } = await commitDeliveries(subject.warehouse, 'run-1', [buildDelivery({ rows: [{}] })]);
    assert.deepEqual(files[0]!.books, buildBooks({ inserted: 1 }));
  },

  'lets a stage be closed after its commit, and more than once': async ({ warehouse }) => {
    const stage = await warehouse.openStage('run-1');
    await stageDeliveries(stage, [MIXED]);
    await stage.commit(buildRun('run-1', [MIXED]));
    await stage.close();
    await stage.close();
    const other = await warehouse.openStage('run-2');
    await other.close();
    await other.close();
  },

  'keeps two open stages apart': async (subject) => {
    const [one, two] = [
      buildDelivery({ key: 'a.csv', rows: [{ transaction_id: 'A' }] }),
      buildDelivery({ key: 'b.csv', rows: [{ transaction_id: 'B' }, { transaction_id: 'C' }] }),
    ];
    const first = await subject.warehouse.openStage('run-1');
    const second = await subject.warehouse.openStage('run-2');
    await stageDeliveries(first, [one]);
    await stageDeliveries(second, [two]);
    assert.deepEqual((await second.commit(buildRun('run-2', [two]))).files[0]!.books, buildBooks({ inserted: 2 }));
    await second.close();
    assert.equal((await readFacts(subject)).length, 2);
    assert.deepEqual((await first.commit(buildRun('run-1', [one]))).files[0]!.books, buildBooks({ inserted: 1 }));
    await first.close();
    assert.equal((await readFacts(subject)).length, 3);
  },

  'lets one of two runs that commit a file at the same time load it': async (subject) => {
    const runs = ['run-1', 'run-2'];
    const committed = await Promise.all(runs.map((runId) => commitDeliveries(subject.warehouse, runId, [MIXED])));
    assert.deepEqual(committed.map(({ files }) => files[0]!.status).sort(), ['already-loaded', 'loaded']);
    assert.deepEqual(await observe(subject), { facts: 2, rejects: 1, decisions: 1, runs: 2, known: 1 });
  },

  'judges rows of two runs that commit at the same time one run after the other': async (subject) => {
    const deliveries = [1, 2, 3, 4].map((version) =>
      buildDelivery({ key: `${version}.csv`, sourceModified: version, rows: [{ quantity: version }] }),
    );
    const runs = deliveries.map((delivery, i) => commitDeliveries(subject.warehouse, `run-${i}`, [delivery]));
    const verdicts = (await Promise.all(runs)).map(({ files }) => files[0]!.books);
    assert.equal(
      verdicts.reduce((sum, books) => sum + books.inserted, 0),
      1,
    );
    assert.equal(
      verdicts.reduce((sum, books) => sum + books.updated + books.stale, 0),
      3,
    );
    assert.deepEqual(
      (await readFacts(subject)).map(({ quantity }) => quantity),
      [4],
    );
  },

  'commits nothing where the stage holds fewer rows than were counted': (subject) =>
    checkMismatch(subject, { ...MIXED, read: MIXED.read + 1 }),

  'commits nothing where the stage holds more rows than were counted': (subject) =>
    checkMismatch(subject, { ...MIXED, read: MIXED.read - 1 }),

  'commits nothing where the stage holds other rejects than were counted': (subject) =>
    checkMismatch(subject, { ...MIXED, rejected: 0, rejectsByCode: {} }),

  'commits nothing where rows are missing in one file and too many in another': async (subject) =>
    checkMismatch(
      subject,
      { ...MIXED, key: 'a.csv', read: MIXED.read + 1 },
      { ...buildDelivery({ key: 'b.csv', rows: [{ transaction_id: 'T-3' }, { transaction_id: 'T-4' }] }), read: 1 },
    ),

  'keeps what was there when a later commit fails': async (subject) => {
    await commitDeliveries(subject.warehouse, 'run-1', [MIXED]);
    const before = [await readFacts(subject), await subject.rejects(), await subject.decisions()];
    const sourceModified = Date.UTC(2024, 0, 1);
    const next = buildDelivery({ key: 'b.csv', sourceModified, rows: [{ quantity: 9 }], rejects: [{}], read: 7 });
    await assertPortError(() => commitDeliveries(subject.warehouse, 'run-2', [next]), 'warehouse.count-mismatch');
    assert.deepEqual([await readFacts(subject), await subject.rejects(), await subject.decisions()], before);
    assert.equal(await subject.history.run('run-2'), undefined);
    const repaired = { ...next, read: 2 };
    const { files } = await commitDeliveries(subject.warehouse, 'run-3', [repaired]);
    assert.deepEqual(files[0]!.books, buildBooks({ updated: 1, rejected: 1 }));
  },

  'commits nothing under the id of a run that was committed before': async (subject) => {
    await commitDeliveries(subject.warehouse, 'run-1', [MIXED]);
    const before = await observe(subject);
    const other = buildDelivery({ key: 'b.csv', rows: [{ transaction_id: 'T-9' }] });
    await assertPortError(() => commitDeliveries(subject.warehouse, 'run-1', [other]));
    assert.deepEqual(await observe(subject), before);
  },

  'takes the lines of many files in any sequence and any number of writes': async (subject) => {
    const files = [1, 2, 3].map((fileNo) =>
      buildDelivery({
        key: `${fileNo}.csv`,
        rows: Array.from({ length: 4 }, (_, i) => ({ transaction_id: `T-${fileNo}-${i}` })),
      }),
    );
    const stage = await subject.warehouse.openStage('run-1');
    await stage.writeRows(new Uint8Array(0));
    await stage.writeRejects(new Uint8Array(0));
    for (let i = 3; i >= 0; i--) {
      for (const [f, { rows }] of files.entries()) {
        await stage.writeRows(encodeStagedRow(buildStagedRow({ ...rows[i], file_no: f + 1 })));
      }
    }
    const committed = await stage.commit(buildRun('run-1', files));
    await stage.close();
    assert.deepEqual(
      committed.files.map(({ books }) => books.inserted),
      [4, 4, 4],
    );
  },
};

const NOTHING = { facts: 0, rejects: 0, decisions: 0, runs: 0, known: 0 };

async function observe(subject: WarehouseSubject): Promise<typeof NOTHING> {
  return {
    facts: (await readFacts(subject)).length,
    rejects: (await subject.rejects()).length,
    decisions: (await subject.decisions()).length,
    runs: (await subject.history.runs({ limit: 100 })).length,
    known: (await subject.warehouse.committedHashes([MIXED.key])).size,
  };
}

async function checkMismatch(subject: WarehouseSubject, ...deliveries: readonly Delivery[]): Promise<void> {
  await assertPortError(() => commitDeliveries(subject.warehouse, 'run-1', deliveries), 'warehouse.count-mismatch');
  assert.deepEqual(await observe(subject), NOTHING);
}
