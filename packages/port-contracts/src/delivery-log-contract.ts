import assert from 'node:assert/strict';
import type { DeliveryLog, FilePlace, FileQuery, LoggedFile, Warehouse } from '@weir/core';
import {
  buildContentHash,
  buildDelivery,
  buildFaults,
  commitDeliveries,
  type DeliveryValues,
} from '@weir/core/testing';
import { buildBooks } from './build-books.ts';
import type { Contract } from './contract.ts';

/** What was delivered, beside the warehouse that takes the deliveries. */
export interface DeliveryLogSubject {
  readonly deliveries: DeliveryLog;
  readonly warehouse: Warehouse;
}

const MARCH = { fromDay: '2023-03-01', toDay: '2023-03-31' };
const REFUSED = { status: 'refused', refusal: { code: 'file-not-text', message: 'It holds "NUL" bytes.' } } as const;
const MOST_A_PAGE = 10_000;

async function read({ deliveries }: DeliveryLogSubject, query: FileQuery = {}): Promise<readonly LoggedFile[]> {
  const all: LoggedFile[] = [];
  for await (const page of deliveries.files(query)) {
    assert.ok(page.length > 0 && page.length <= MOST_A_PAGE, `a page of ${page.length}`);
    all.push(...page);
  }
  return all;
}

const commit = ({ warehouse }: DeliveryLogSubject, runId: string, ...deliveries: readonly DeliveryValues[]) =>
  commitDeliveries(warehouse, runId, deliveries.map(buildDelivery));

const listPlaces = (files: readonly FilePlace[]) =>
  files.map(({ sourceDay, key, runId }) => `${sourceDay} ${key} ${runId}`);

/** Three runs over three days. */
async function fill(subject: DeliveryLogSubject): Promise<readonly FilePlace[]> {
  const of = (sourceDay: string, key: string, values: DeliveryValues = {}) => ({
    contentHash: buildContentHash(key),
    ...values,
    sourceDay,
    key,
  });
  await commit(
    subject,
    'run-2',
    of('2023-03-15', 'é.csv', { rows: [{}] }),
    of('2023-03-15', 'b.csv', REFUSED),
    of('2023-03-14', 'c.csv', { status: 'empty' }),
  );
  await commit(subject, 'run-1', of('2023-03-15', 'b.csv', REFUSED), of('2023-03-15', 'Z.csv', { rows: [{}] }));
  await commit(subject, 'run-3', of('2023-03-16', 'a.csv', { rows: [{}] }));
  return [
    { sourceDay: '2023-03-14', key: 'c.csv', runId: 'run-2' },
    { sourceDay: '2023-03-15', key: 'Z.csv', runId: 'run-1' },
    { sourceDay: '2023-03-15', key: 'b.csv', runId: 'run-1' },
    { sourceDay: '2023-03-15', key: 'b.csv', runId: 'run-2' },
    { sourceDay: '2023-03-15', key: 'é.csv', runId: 'run-2' },
    { sourceDay: '2023-03-16', key: 'a.csv', runId: 'run-3' },
  ];
}

/** What was delivered, over all runs. */
export const deliveryLogContract: Contract<DeliveryLogSubject> = {
  port: 'DeliveryLog',
  clauses: {
    'tells everything about a file, its run and when it was loaded': async (subject) => {
      const delivery = {
        key: 'day/a "b".csv.gz',
        contentHash: buildContentHash('a'),
        size: 5_000_000_017,
        sourceDay: '2023-03-01',
        sourceModified: Date.UTC(2023, 2, 2, 3, 4, 5, 678),
        blankLines: 3,
      };
      const rejects = [{ faults: buildFaults('price-negative', 'status-unknown') }];
      const committedAt = Date.UTC(2023, 2, 16, 2, 3, 4, 567);
      const deliveries = [
        buildDelivery({ ...delivery, rows: [{}], rejects }),
        buildDelivery({ ...delivery, ...REFUSED, key: 'z.csv' }),
      ];
      await commitDeliveries(subject.warehouse, 'run-1', deliveries, { committedAt });
      const told = { ...delivery, runId: 'run-1', loadedAt: committedAt };
      assert.deepEqual(await read(subject), [
        {
          ...told,
          status: 'loaded',
          refusal: undefined,
          books: buildBooks({ inserted: 1, rejected: 1 }),
          rejectsByCode: { 'price-negative': 1, 'status-unknown': 1 },
        },
        { ...told, ...REFUSED, key: 'z.csv', books: buildBooks(), rejectsByCode: {} },
      ]);
    },

    'gives nothing where nothing was delivered': async (subject) => {
      await subject.warehouse.recordFailedRun({ runId: 'a', startedAt: 1, failedAt: 2, policyHash: 'p', error: 'b' });
      assert.deepEqual(await read(subject), []);
      assert.deepEqual(await subject.deliveries.days(MARCH), []);
    },

    'reads in the order of source day, then key, byte by byte, then run': async (subject) => {
      const places = await fill(subject);
      assert.deepEqual(listPlaces(await read(subject)), listPlaces(places));
    },

    'reads on behind a place, and no more than the limit': async (subject) => {
      const places = await fill(subject);
      for (const [i, after] of places.entries()) {
        assert.deepEqual(listPlaces(await read(subject, { after })), listPlaces(places.slice(i + 1)));
        assert.deepEqual(listPlaces(await read(subject, { after, limit: 2 })), listPlaces(places.slice(i + 1, i + 3)));
      }
      const between = { sourceDay: '2023-03-15', key: 'a', runId: 'run-9' };
      assert.deepEqual(listPlaces(await read(subject, { after: between })), listPlaces(places.slice(2)));
    },

    'reads every file once, however many pages they fill': async (subject) => {
      const keys = Array.from({ length: 1100 }, (_, i) => `${String(i).padStart(4, '0')}.csv`);
      await commit(subject, 'run-1', ...keys.map((key) => ({ key, status: 'empty' }) as const));
      // A difference of so many values would take long to show.
      assert.ok((await read(subject)).map(({ key }) => key).join() === keys.join(), 'other files were read');
      assert.equal((await read(subject, { limit: 1050 })).length, 1050);
    },

    'finds by each part of a query, and by all of them': async (subject) => {
      const places = listPlaces(await fill(subject));
      const find = async (query: FileQuery) => listPlaces(await read(subject, query));
      assert.deepEqual(await find({ fromDay: '2023-03-15' }), places.slice(1));
      assert.deepEqual(await find({ toDay: '2023-03-15' }), places.slice(0, 5));
      assert.deepEqual(await find({ fromDay: '2023-03-17' }), []);
      assert.deepEqual(await find({ statuses: ['empty'] }), places.slice(0, 1));
      assert.deepEqual(await find({ statuses: ['empty', 'refused'] }), [places[0], places[2], places[3]]);
      const day = { fromDay: '2023-03-15', toDay: '2023-03-15', statuses: ['loaded'] } as const;
      assert.deepEqual(await find(day), [places[1], places[4]]);
      assert.deepEqual(await find({ ...day, limit: 1 }), [places[1]]);
    },

    'adds up the days that have any delivery, in order, first and last included': async (subject) => {
      await fill(subject);
      const [inserted, unchanged] = [buildBooks({ inserted: 1 }), buildBooks({ unchanged: 1 })];
      const days = [
        { day: '2023-03-14', loaded: 0, empty: 1, refused: 0, books: buildBooks() },
        { day: '2023-03-15', loaded: 2, empty: 0, refused: 1, books: { ...inserted, read: 2, stale: 1 } },
        { day: '2023-03-16', loaded: 1, empty: 0, refused: 0, books: unchanged },
      ];
      assert.deepEqual(await subject.deliveries.days(MARCH), days);
      assert.deepEqual(await subject.deliveries.days({ fromDay: '2023-03-14', toDay: '2023-03-15' }), days.slice(0, 2));
      assert.deepEqual(await subject.deliveries.days({ fromDay: '2023-03-15', toDay: '2023-03-15' }), days.slice(1, 2));
      assert.deepEqual(await subject.deliveries.days({ fromDay: '2023-03-17', toDay: '2023-03-18' }), []);
    },

    'tells a replay among the files, but leaves it out of the day': async (subject) => {
      const file = { key: 'a.csv', contentHash: buildContentHash('a'), sourceDay: '2023-03-15' };
      await commit(subject, 'run-1', { ...file, rejects: [{ source_line: 2 }] });
      const [before] = await subject.deliveries.days(MARCH);
      await commit(subject, 'run-2', { ...file, status: 'replayed', rows: [{ source_line: 2 }] });
      assert.deepEqual(
        (await read(subject)).map(({ runId, status }) => [runId, status]),
        [
          ['run-1', 'loaded'],
          ['run-2', 'replayed'],
        ],
      );
      assert.deepEqual(await subject.deliveries.days(MARCH), [before]);
    },

    'adds up ten years at most': async ({ deliveries }) => {
      assert.deepEqual(await deliveries.days({ fromDay: '2014-01-01', toDay: '2024-01-08' }), []);
      const refused = [
        { fromDay: '2014-01-01', toDay: '2024-01-09' },
        { fromDay: '2023-03-16', toDay: '2023-03-15' },
        { fromDay: '2023-02-29', toDay: '2023-03-15' },
      ];
      for (const range of refused) await assert.rejects(deliveries.days(range), RangeError);
    },
  },
};
