import assert from 'node:assert/strict';
import { buildContentHash, buildDelivery, buildRun, commitDeliveries, stageDeliveries } from '@weir/core/testing';
import { buildBooks } from '../build-books.ts';
import type { Contract } from '../contract.ts';
import { readFact, readFacts, type WarehouseSubject } from '../warehouse-subject.ts';

const NO_BOOKS = buildBooks();
const REFUSAL = { code: 'header-missing-column', message: 'The column price is missing.' } as const;

/** rules.md 2: what happens to a file, and how the warehouse knows it again. */
export const LEDGER_CLAUSES: Contract<WarehouseSubject>['clauses'] = {
  'knows no hash of a key that was never committed': async ({ warehouse }) => {
    assert.equal((await warehouse.committedHashes(['a.csv', 'b.csv'])).size, 0);
    assert.equal((await warehouse.committedHashes([])).size, 0);
  },

  'knows the hashes of loaded and of empty files, by key, for the keys that were asked for': async ({ warehouse }) => {
    const loaded = buildDelivery({ key: "day's/\u{1f600}.csv", rows: [{}] });
    const corrected = buildDelivery({ key: loaded.key, rows: [{ quantity: 9 }] });
    const empty = buildDelivery({ key: 'empty.csv', status: 'empty' });
    const other = buildDelivery({ key: 'other.csv', rows: [{}] });
    await commitDeliveries(warehouse, 'run-1', [loaded, empty, other]);
    await commitDeliveries(warehouse, 'run-2', [corrected]);
    const hashes = await warehouse.committedHashes([empty.key, loaded.key, 'unknown.csv', loaded.key]);
    assert.deepEqual([...hashes.keys()].sort(), [loaded.key, empty.key].sort());
    assert.deepEqual([...hashes.get(loaded.key)!].sort(), [loaded.contentHash, corrected.contentHash].sort());
    assert.deepEqual([...hashes.get(empty.key)!], [empty.contentHash]);
  },

  'answers for thousands of keys at once': async ({ warehouse }) => {
    const deliveries = ['key-7', 'key-4999'].map((key) => buildDelivery({ key, rows: [{}] }));
    await commitDeliveries(warehouse, 'run-1', deliveries);
    const hashes = await warehouse.committedHashes(Array.from({ length: 5000 }, (_, i) => `key-${i}`));
    assert.deepEqual([...hashes.keys()].sort(), ['key-4999', 'key-7']);
  },

  'does not count a refused file as committed, and takes it when it comes again': async (subject) => {
    const { warehouse } = subject;
    const refused = buildDelivery({ status: 'refused', refusal: REFUSAL });
    await commitDeliveries(warehouse, 'run-1', [refused]);
    assert.equal((await warehouse.committedHashes([refused.key])).size, 0);
    const again = await commitDeliveries(warehouse, 'run-2', [refused]);
    assert.equal(again.files[0]!.status, 'refused');
    const accepted = buildDelivery({ contentHash: refused.contentHash, rows: [{}] });
    const { files } = await commitDeliveries(warehouse, 'run-3', [accepted]);
    assert.deepEqual(files, [{ key: refused.key, status: 'loaded', books: buildBooks({ inserted: 1 }) }]);
  },

  'records refused and empty files, loads no row of them and goes on with the others': async (subject) => {
    const { warehouse, history } = subject;
    const refused = buildDelivery({
      key: 'refused.csv',
      status: 'refused',
      refusal: REFUSAL,
      rows: [{}],
      rejects: [{}],
    });
    const empty = buildDelivery({ key: 'empty.csv', status: 'empty', size: 0, header: '' });
    const good = buildDelivery({ key: 'good.csv', rows: [{ transaction_id: 'T-9' }] });
    const { files } = await commitDeliveries(warehouse, 'run-1', [refused, empty, good]);
    assert.deepEqual(files, [
      { key: 'refused.csv', status: 'refused', books: NO_BOOKS },
      { key: 'empty.csv', status: 'empty', books: NO_BOOKS },
      { key: 'good.csv', status: 'loaded', books: buildBooks({ inserted: 1 }) },
    ]);
    assert.deepEqual(
      (await readFacts(subject)).map(({ transaction_id }) => transaction_id),
      ['T-9'],
    );
    assert.deepEqual(await subject.rejects(), []);
    const record = (await history.run('run-1'))!.files.find(({ key }) => key === 'refused.csv')!;
    assert.deepEqual([record.status, record.refusal, record.books], ['refused', REFUSAL, NO_BOOKS]);
  },

  'counts staged lines of files that are not among the loaded ones for nothing': async (subject) => {
    const { warehouse } = subject;
    const known = buildDelivery({ rows: [{}] });
    const unknown = buildDelivery({ rows: [{ transaction_id: 'T-2' }], rejects: [{}] });
    const stage = await warehouse.openStage('run-1');
    await stageDeliveries(stage, [known, unknown]);
    const { files } = await stage.commit(buildRun('run-1', [known]));
    await stage.close();
    assert.deepEqual(
      files.map(({ books }) => books),
      [buildBooks({ inserted: 1 })],
    );
    assert.equal((await readFacts(subject)).length, 1);
    assert.deepEqual([await subject.rejects(), (await subject.decisions()).length], [[], 0]);
  },

  'processes a corrected delivery: the same key with another hash': async (subject) => {
    await commitDeliveries(subject.warehouse, 'run-1', [buildDelivery({ rows: [{}] })]);
    const sourceModified = Date.UTC(2023, 2, 17);
    const corrected = buildDelivery({ sourceModified, rows: [{ quantity: 3 }] });
    const { files } = await commitDeliveries(subject.warehouse, 'run-2', [corrected]);
    assert.deepEqual(files, [{ key: corrected.key, status: 'loaded', books: buildBooks({ updated: 1 }) }]);
    assert.equal((await readFact(subject)).quantity, 3);
  },

  'processes the same content under another key': async ({ warehouse }) => {
    const contentHash = buildContentHash('same');
    await commitDeliveries(warehouse, 'run-1', [buildDelivery({ key: 'a.csv', contentHash, rows: [{}] })]);
    const copy = buildDelivery({ key: 'b.csv', contentHash, rows: [{}] });
    const { files } = await commitDeliveries(warehouse, 'run-2', [copy]);
    assert.equal(files[0]!.status, 'loaded');
  },

  'leaves out a file that another run committed since the stage was opened': async (subject) => {
    const { warehouse, history } = subject;
    const raced = buildDelivery({ key: 'raced.csv', rows: [{}, { transaction_id: 'T-2' }], rejects: [{}] });
    const empty = buildDelivery({ key: 'empty.csv', status: 'empty' });
    const own = buildDelivery({ key: 'own.csv', rows: [{ transaction_id: 'T-3' }] });
    const stage = await warehouse.openStage('run-slow');
    await stageDeliveries(stage, [raced, empty, own]);
    await commitDeliveries(warehouse, 'run-quick', [raced, empty]);
    const { files } = await stage.commit(buildRun('run-slow', [raced, empty, own]));
    await stage.close();
    assert.deepEqual(files, [
      { key: 'raced.csv', status: 'already-loaded', books: NO_BOOKS },
      { key: 'empty.csv', status: 'already-loaded', books: NO_BOOKS },
      { key: 'own.csv', status: 'loaded', books: buildBooks({ inserted: 1 }) },
    ]);
    assert.equal((await subject.rejects()).length, 1, 'its rejects are kept once');
    assert.equal((await readFact(subject)).run_id, 'run-quick');
    const run = (await history.run('run-slow'))!;
    assert.deepEqual([run.files.map(({ key }) => key), run.totals], [['own.csv'], buildBooks({ inserted: 1 })]);
  },

  'records a run of which every file was committed meanwhile': async ({ warehouse, history }) => {
    const file = buildDelivery({ rows: [{}] });
    await commitDeliveries(warehouse, 'run-1', [file]);
    await commitDeliveries(warehouse, 'run-2', [file]);
    const run = (await history.run('run-2'))!;
    assert.deepEqual([run.status, run.files, run.totals], ['succeeded', [], NO_BOOKS]);
  },

  'commits a run without files': async ({ warehouse, history }) => {
    assert.deepEqual((await commitDeliveries(warehouse, 'run-1', [])).files, []);
    assert.deepEqual((await history.run('run-1'))?.totals, NO_BOOKS);
  },

  'loads a file whose rows are all rejected': async ({ warehouse }) => {
    const { files } = await commitDeliveries(warehouse, 'run-1', [buildDelivery({ rejects: [{}, {}] })]);
    assert.deepEqual(files[0], { ...files[0], status: 'loaded', books: buildBooks({ rejected: 2 }) });
  },
};
