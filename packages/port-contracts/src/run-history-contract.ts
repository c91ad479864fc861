import assert from 'node:assert/strict';
import type { RunHistory, RunQuery, RunSummary } from '@weir/core';
import { buildContentHash, buildDelivery, buildFaults, commitDeliveries } from '@weir/core/testing';
import { buildBooks } from './build-books.ts';
import type { Contract } from './contract.ts';
import type { WarehouseSubject } from './warehouse-subject.ts';

const HOUR = 3_600_000;
const FAILED = {
  startedAt: 5000,
  failedAt: 6001,
  policyHash: buildContentHash('p'),
  error: 'The disk "a" is full.\n\\',
};

const list = async (history: RunHistory, query: RunQuery) => (await history.runs(query)).map(({ runId }) => runId);

/** What earlier runs did, as a warehouse recorded it. */
export const runHistoryContract: Contract<WarehouseSubject> = {
  port: 'RunHistory',
  clauses: {
    'knows no run where none was committed': async ({ history }) => {
      assert.deepEqual(await history.runs({ limit: 10 }), []);
      assert.equal(await history.run('run-1'), undefined);
    },

    'tells times, policy, warnings and totals of a run': async ({ warehouse, history }) => {
      const options = {
        startedAt: Date.UTC(2023, 2, 16, 1, 2, 3, 4),
        committedAt: Date.UTC(2023, 2, 16, 1, 2, 3, 9),
        policyHash: buildContentHash('strict'),
        warnings: ['a.csv has columns that are ignored: notes', 'b.csv is empty'],
      };
      await commitDeliveries(
        warehouse,
        'run-1',
        [
          buildDelivery({ key: 'a.csv', rows: [{}, {}, { transaction_id: 'T-2' }] }),
          buildDelivery({ key: 'b.csv', status: 'empty' }),
        ],
        options,
      );
      const told = {
        runId: 'run-1',
        status: 'succeeded',
        startedAt: options.startedAt,
        finishedAt: options.committedAt,
        undoneAt: undefined,
        policyHash: options.policyHash,
        totals: buildBooks({ inserted: 2, duplicate: 1 }),
        warnings: options.warnings,
        error: undefined,
      };
      const [{ phases: _, ...summary }] = (await history.runs({ limit: 10 })) as [RunSummary];
      assert.deepEqual(summary, { ...told, files: 2 });
      const { files, phases: __, ...record } = (await history.run('run-1'))!;
      assert.deepEqual(record, told);
      assert.equal(files.length, 2);
    },

    'tells how long the phases of a run took, as far as they were measured': async ({ warehouse, history }) => {
      const phases = { listing: 0, reading: 2_147_483_648_000 };
      await commitDeliveries(warehouse, 'run-1', [buildDelivery({ key: 'a.csv' })], { phases });
      await commitDeliveries(warehouse, 'run-2', [buildDelivery({ key: 'b.csv' })]);
      const { committing, ...told } = (await history.run('run-1'))!.phases;
      assert.deepEqual(told, phases);
      assert.ok(committing === undefined || (Number.isInteger(committing) && committing >= 0 && committing < HOUR));
      assert.deepEqual({ ...(await history.run('run-2'))!.phases, committing }, { committing });
    },

    'tells everything about each file of a run': async ({ warehouse, history }) => {
      const delivery = buildDelivery({
        key: 'day/a.csv.gz',
        contentHash: buildContentHash('a'),
        size: 77,
        sourceDay: '2023-03-01',
        sourceModified: Date.UTC(2023, 2, 2, 3, 4, 5, 678),
        blankLines: 3,
        rows: [{}],
        rejects: [
          { faults: buildFaults('price-negative', 'status-unknown') },
          { faults: buildFaults('status-unknown') },
        ],
      });
      await commitDeliveries(warehouse, 'run-1', [delivery]);
      assert.deepEqual((await history.run('run-1'))!.files, [
        {
          key: 'day/a.csv.gz',
          contentHash: buildContentHash('a'),
          status: 'loaded',
          refusal: undefined,
          size: 77,
          sourceDay: '2023-03-01',
          sourceModified: Date.UTC(2023, 2, 2, 3, 4, 5, 678),
          blankLines: 3,
          books: buildBooks({ inserted: 1, rejected: 2 }),
          rejectsByCode: { 'price-negative': 1, 'status-unknown': 2 },
        },
      ]);
    },

    'adds the books of the files up to the totals of the run': async ({ warehouse, history }) => {
      await commitDeliveries(warehouse, 'run-1', [
        buildDelivery({ key: 'a.csv', sourceModified: 1, rows: [{}, { transaction_id: 'T-2' }], rejects: [{}] }),
        buildDelivery({ key: 'b.csv', sourceModified: 2, rows: [{}, { transaction_id: 'T-3' }], rejects: [{}, {}] }),
      ]);
      const { files, totals } = (await history.run('run-1'))!;
      assert.deepEqual(totals, buildBooks({ inserted: 3, duplicate: 1, rejected: 3 }));
      const books = files.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map((file) => file.books);
      assert.deepEqual(books, [
        buildBooks({ inserted: 1, duplicate: 1, rejected: 1 }),
        buildBooks({ inserted: 2, rejected: 2 }),
      ]);
    },

    'tells a run with rejected rows or refused files from a clean one': async ({ warehouse, history }) => {
      const refusal = { code: 'file-not-text', message: 'The file holds NUL bytes.' } as const;
      await commitDeliveries(warehouse, 'clean', [buildDelivery({ key: 'a.csv', rows: [{}] })]);
      await commitDeliveries(warehouse, 'rejects', [buildDelivery({ key: 'b.csv', rejects: [{}] })]);
      await commitDeliveries(warehouse, 'refused', [buildDelivery({ key: 'c.csv', status: 'refused', refusal })]);
      assert.equal((await history.run('clean'))?.status, 'succeeded');
      assert.equal((await history.run('rejects'))?.status, 'succeeded-with-rejects');
      assert.equal((await history.run('refused'))?.status, 'succeeded-with-rejects');
    },

    'lists runs newest first, as many as were asked for': async ({ warehouse, history }) => {
      for (const [i, hour] of [3, 1, 4, 2].entries()) {
        const times = { startedAt: hour * HOUR, committedAt: hour * HOUR + 1 };
        await commitDeliveries(warehouse, `at-${hour}`, [buildDelivery({ key: `${i}.csv`, rows: [{}] })], times);
      }
      await warehouse.recordFailedRun({ runId: 'at-5', ...FAILED, startedAt: 5 * HOUR, failedAt: 5 * HOUR + 1 });
      assert.deepEqual(await list(history, { limit: 1000 }), ['at-5', 'at-4', 'at-3', 'at-2', 'at-1']);
      assert.deepEqual(await list(history, { limit: 2 }), ['at-5', 'at-4']);
      assert.deepEqual(await list(history, { limit: 1 }), ['at-5']);
    },

    'reads on behind a run, the greater id first where runs started at once': async ({ warehouse, history }) => {
      for (const [i, runId] of ['b', 'B', 'é', 'z', 'old'].entries()) {
        const startedAt = HOUR + (runId === 'old' ? 0 : 1);
        await commitDeliveries(warehouse, runId, [buildDelivery({ key: `${i}.csv`, rows: [{}] })], { startedAt });
      }
      const all = ['é', 'z', 'b', 'B', 'old'];
      assert.deepEqual(await list(history, { limit: 10 }), all);
      for (const [i, runId] of all.entries()) {
        const before = { runId, startedAt: HOUR + (runId === 'old' ? 0 : 1) };
        assert.deepEqual(await list(history, { limit: 2, before }), all.slice(i + 1, i + 3));
      }
      assert.deepEqual(await list(history, { limit: 9, before: { startedAt: HOUR + 1, runId: 'c' } }), [
        'b',
        'B',
        'old',
      ]);
    },

    'finds runs by how they ended': async ({ warehouse, history }) => {
      await commitDeliveries(warehouse, 'clean', [buildDelivery({ key: 'a.csv', rows: [{}] })], { startedAt: 1 });
      await commitDeliveries(warehouse, 'rejects', [buildDelivery({ key: 'b.csv', rejects: [{}] })], { startedAt: 2 });
      await warehouse.recordFailedRun({ runId: 'failed', ...FAILED, startedAt: 3 });
      const statuses = ['failed', 'succeeded'] as const;
      assert.deepEqual(await list(history, { limit: 9, statuses }), ['failed', 'clean']);
      assert.deepEqual(await list(history, { limit: 1, statuses }), ['failed']);
      assert.deepEqual(await list(history, { limit: 9, statuses: ['succeeded-with-rejects'] }), ['rejects']);
      const before = { startedAt: 3, runId: 'failed' };
      assert.deepEqual(await list(history, { limit: 9, statuses, before }), ['clean']);
    },

    'shows a failed run with its error and without files': async ({ warehouse, history }) => {
      await warehouse.recordFailedRun({ runId: 'run-1', ...FAILED });
      const told = {
        runId: 'run-1',
        status: 'failed',
        startedAt: 5000,
        finishedAt: 6001,
        undoneAt: undefined,
        policyHash: FAILED.policyHash,
        totals: buildBooks(),
        phases: {},
        warnings: [],
        error: FAILED.error,
      };
      assert.deepEqual(await history.runs({ limit: 10 }), [{ ...told, files: 0 }]);
      assert.deepEqual(await history.run('run-1'), { ...told, files: [] });
    },

    'adds up to nothing where there was no run': async ({ history }) => {
      assert.deepEqual(await history.sumUp(), {
        runs: {},
        files: {},
        rows: buildBooks(),
        rejectsByCode: {},
        openRejects: 0,
        lastSuccessAt: undefined,
      });
    },

    'adds up runs and files by status, rows by verdict, and rejects by code': async ({ warehouse, history }) => {
      const refusal = { code: 'file-not-text', message: 'The file holds NUL bytes.' } as const;
      const rejects = [
        { faults: buildFaults('price-negative', 'price-too-many-decimals') },
        { faults: buildFaults('price-negative') },
      ];
      const at = (hour: number) => ({ startedAt: hour * HOUR, committedAt: hour * HOUR + 7 });
      const first = buildDelivery({ key: 'a.csv', rows: [{}, {}], rejects });
      await commitDeliveries(warehouse, 'run-2', [first, buildDelivery({ key: 'b.csv', status: 'empty' })], at(2));
      const others = [
        buildDelivery({ key: 'c.csv', rows: [{ transaction_id: 'T-9' }], rejects: rejects.slice(1) }),
        buildDelivery({ key: 'd.csv', status: 'refused', refusal }),
      ];
      await commitDeliveries(warehouse, 'run-1', others, at(1));
      await commitDeliveries(warehouse, 'run-0', [buildDelivery({ key: 'e.csv', status: 'empty' })], at(0));
      await warehouse.recordFailedRun({ runId: 'run-3', ...FAILED, startedAt: 3 * HOUR, failedAt: 3 * HOUR + 1 });
      assert.deepEqual(await history.sumUp(), {
        runs: { succeeded: 1, 'succeeded-with-rejects': 2, failed: 1 },
        files: { loaded: 2, empty: 2, refused: 1 },
        rows: buildBooks({ inserted: 2, duplicate: 1, rejected: 3 }),
        rejectsByCode: { 'price-negative': 3, 'price-too-many-decimals': 1 },
        openRejects: 3,
        lastSuccessAt: 2 * HOUR + 7,
      });
      assert.equal(await history.openRejects(), 3);
    },

    'does not take a failed run for a commit': async ({ warehouse, history }) => {
      const delivery = buildDelivery({ rows: [{}] });
      await warehouse.recordFailedRun({ runId: 'run-1', ...FAILED });
      assert.equal((await warehouse.committedHashes([delivery.key])).size, 0);
      const { files } = await commitDeliveries(warehouse, 'run-2', [delivery]);
      assert.equal(files[0]!.status, 'loaded');
      assert.equal((await history.runs({ limit: 10 })).length, 2);
    },

    'keeps a committed run as it is when a failure is noted under its id': async ({ warehouse, history }) => {
      await commitDeliveries(warehouse, 'run-1', [buildDelivery({ rows: [{}] })]);
      const before = await history.run('run-1');
      await warehouse.recordFailedRun({ runId: 'run-1', ...FAILED }).catch(() => {});
      assert.deepEqual(await history.run('run-1'), before);
      assert.equal((await history.runs({ limit: 10 })).length, 1);
    },
  },
};
