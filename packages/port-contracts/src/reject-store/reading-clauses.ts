import assert from 'node:assert/strict';
import type { RejectQuery } from '@weir/core';
import { buildContentHash, buildDelivery, buildFaults, commitDeliveries } from '@weir/core/testing';
import type { Contract } from '../contract.ts';
import { type RejectStoreSubject, readRejects } from '../reject-store-subject.ts';

const DAY = 86_400_000;
const FIRST = Date.UTC(2023, 2, 16);
const DAYS = 'transactions/year=2023/month=03/';

/** Four deliveries on two days, committed one after the other; the lines of `%` and `_` are no patterns. */
async function fill({ warehouse }: RejectStoreSubject): Promise<void> {
  const deliveries = [
    { key: `${DAYS}b_1.csv`, sourceDay: '2023-03-15', rejects: [{ source_line: 10 }, { source_line: 9 }] },
    {
      key: `${DAYS}a.csv`,
      sourceDay: '2023-03-14',
      rejects: [{ source_line: 3, faults: buildFaults('price-negative', 'product-unknown') }],
    },
    {
      key: `${DAYS}bx1.csv`,
      sourceDay: '2023-03-16',
      rejects: [{ source_line: 2, faults: buildFaults('status-unknown') }],
    },
    {
      key: `${DAYS}é.csv`,
      sourceDay: '2023-03-15',
      rejects: [{ source_line: 4, faults: buildFaults('customer-unknown') }],
    },
  ];
  for (const [i, delivery] of deliveries.entries()) {
    const committedAt = FIRST + i * DAY;
    await commitDeliveries(warehouse, `run-${i}`, [buildDelivery(delivery)], { startedAt: committedAt, committedAt });
  }
}

const find = async (subject: RejectStoreSubject, query: RejectQuery) =>
  (await readRejects(subject, query)).map(({ key, line }) => `${key.slice(DAYS.length)}:${line}`);

const ALL = ['a.csv:3', 'b_1.csv:9', 'b_1.csv:10', 'bx1.csv:2', 'é.csv:4'];

export const READING_CLAUSES: Contract<RejectStoreSubject>['clauses'] = {
  'tells all that is needed to read a reject again': async (subject) => {
    const faults = buildFaults('quantity-not-positive', 'product-unknown');
    const delivery = buildDelivery({
      key: 'day/a "b".csv',
      contentHash: buildContentHash('a'),
      sourceDay: '2023-03-01',
      sourceModified: Date.UTC(2023, 2, 2, 3, 4, 5, 678),
      header: 'transaction_id;"x"\t\\y\r\n é',
      rejects: [{ source_line: 5_000_000_017, raw_record: ' T-1,"C\n\\1",\t\r,-2  ', faults }],
    });
    const committedAt = Date.UTC(2023, 2, 16, 2, 3, 4, 567);
    await commitDeliveries(subject.warehouse, 'run-1', [delivery], { committedAt });
    assert.deepEqual(await readRejects(subject), [
      {
        key: 'day/a "b".csv',
        contentHash: buildContentHash('a'),
        line: 5_000_000_017,
        runId: 'run-1',
        rawRecord: ' T-1,"C\n\\1",\t\r,-2  ',
        rawEncoding: 'text',
        isTruncated: false,
        header: 'transaction_id;"x"\t\\y\r\n é',
        faults,
        sourceDay: '2023-03-01',
        sourceModified: Date.UTC(2023, 2, 2, 3, 4, 5, 678),
        firstSeen: committedAt,
        lastSeen: committedAt,
        state: 'open',
      },
    ]);
  },

  'tells a record that was not kept as text, or not whole': async (subject) => {
    const rejects = [
      { source_line: 2, raw_record: 'AP/+', raw_encoding: 'base64' as const },
      { source_line: 3, raw_record: 'x'.repeat(49_149), raw_truncated: 1 as const },
    ];
    await commitDeliveries(subject.warehouse, 'run-1', [buildDelivery({ rejects })]);
    const told = (await readRejects(subject)).map((reject) => [
      reject.rawEncoding,
      reject.isTruncated,
      reject.rawRecord,
    ]);
    assert.deepEqual(told, [
      ['base64', false, 'AP/+'],
      ['text', true, 'x'.repeat(49_149)],
    ]);
  },

  'gives nothing where nothing was rejected': async (subject) => {
    await commitDeliveries(subject.warehouse, 'run-1', [buildDelivery({ rows: [{}] })]);
    assert.deepEqual(await readRejects(subject), []);
  },

  'reads in the order of key and hash, byte by byte, then line': async (subject) => {
    await fill(subject);
    assert.deepEqual(await find(subject, {}), ALL);
    const key = 'twice.csv';
    for (const hash of ['c', 'a', 'b']) {
      const delivery = buildDelivery({ key, contentHash: `sha256:${hash.repeat(64)}`, rejects: [{}] });
      await commitDeliveries(subject.warehouse, `run-${hash}`, [delivery]);
    }
    const hashes = (await readRejects(subject, { file: key })).map(({ contentHash }) => contentHash[7]);
    assert.deepEqual(hashes, ['a', 'b', 'c']);
  },

  'reads on behind a place, and no more than the limit': async (subject) => {
    await fill(subject);
    const [, second, third] = await readRejects(subject);
    assert.deepEqual(await find(subject, { limit: 3 }), ALL.slice(0, 3));
    assert.deepEqual(await find(subject, { after: second! }), ALL.slice(2));
    assert.deepEqual(await find(subject, { after: third!, limit: 1 }), [ALL[3]]);
    assert.deepEqual(await find(subject, { after: { ...third!, contentHash: '' } }), ALL.slice(1));
  },

  'reads every reject once, however many pages they fill': async (subject) => {
    const rejects = Array.from({ length: 1100 }, (_, i) => ({ source_line: i + 2 }));
    const deliveries = [buildDelivery({ key: 'a.csv', rejects }), buildDelivery({ key: 'b.csv', rejects: [{}] })];
    await commitDeliveries(subject.warehouse, 'run-1', deliveries);
    const lines = (await readRejects(subject)).map(({ line }) => line);
    // A difference of so many values would take long to show.
    assert.ok(lines.join() === [...rejects.map(({ source_line }) => source_line), 2].join(), 'other rejects were read');
    assert.equal((await readRejects(subject, { limit: 1050 })).length, 1050);
  },

  'finds by each part of a filter': async (subject) => {
    await fill(subject);
    assert.deepEqual(await find(subject, { codes: ['product-unknown'] }), ['a.csv:3']);
    assert.deepEqual(await find(subject, { codes: ['price-negative', 'customer-unknown'] }), ['a.csv:3', 'é.csv:4']);
    assert.deepEqual(await find(subject, { file: `${DAYS}b_1.csv` }), ['b_1.csv:9', 'b_1.csv:10']);
    assert.deepEqual(await find(subject, { file: 'b_1.csv' }), ['b_1.csv:9', 'b_1.csv:10']);
    assert.deepEqual(await find(subject, { file: 'month=03/é.csv' }), ['é.csv:4']);
    assert.deepEqual(await find(subject, { file: '1.csv' }), []);
    assert.deepEqual(await find(subject, { file: "' OR 1 = 1 --" }), []);
    assert.deepEqual(await find(subject, { line: 2 }), ['bx1.csv:2']);
    assert.deepEqual(await find(subject, { runId: 'run-1' }), ['a.csv:3']);
    assert.deepEqual(await find(subject, { fromDay: '2023-03-15' }), ALL.slice(1));
    assert.deepEqual(await find(subject, { toDay: '2023-03-15' }), ['a.csv:3', 'b_1.csv:9', 'b_1.csv:10', 'é.csv:4']);
    assert.deepEqual(await find(subject, { seenBefore: FIRST + 1 }), ['b_1.csv:9', 'b_1.csv:10']);
    assert.deepEqual(await find(subject, { seenBefore: FIRST }), []);
    assert.deepEqual(await find(subject, { state: 'dismissed' }), []);
  },

  'finds what fits all parts of a filter': async (subject) => {
    await fill(subject);
    const day = { fromDay: '2023-03-15', toDay: '2023-03-15' };
    assert.deepEqual(await find(subject, { ...day, state: 'open', codes: ['customer-unknown'] }), ['é.csv:4']);
    assert.deepEqual(await find(subject, { ...day, codes: ['product-unknown'] }), []);
    assert.deepEqual(await find(subject, { file: 'b_1.csv', line: 10, limit: 5 }), ['b_1.csv:10']);
  },

  'does not take a key for one that only looks alike': async (subject) => {
    const keys = ['a.csv', 'a.csv ', 'A.csv', 'b/a.csv', 'b/a.csv '];
    for (const [i, key] of keys.entries()) {
      const sourceDay = `2023-03-0${i + 1}`;
      await commitDeliveries(subject.warehouse, `run-${i}`, [buildDelivery({ key, sourceDay, rejects: [{}] })]);
    }
    const told = (await readRejects(subject, { file: 'a.csv' })).map(({ key, sourceDay }) => [key, sourceDay]);
    assert.deepEqual(told, [
      ['a.csv', '2023-03-01'],
      ['b/a.csv', '2023-03-04'],
    ]);
    assert.equal((await subject.store.countRejects({ file: 'a.csv ' })).rejects, 2);
    assert.equal(await subject.store.dismissRejects({ file: 'a.csv' }), 2);
    assert.equal((await readRejects(subject, { state: 'open' })).length, 3);
  },

  'counts the rejects that fit, in all and under each of their codes': async (subject) => {
    await fill(subject);
    const { store } = subject;
    assert.deepEqual(await store.countRejects({}), {
      rejects: 5,
      byCode: {
        'quantity-not-positive': 2,
        'price-negative': 1,
        'status-unknown': 1,
        'product-unknown': 1,
        'customer-unknown': 1,
      },
    });
    assert.deepEqual(await store.countRejects({ codes: ['product-unknown'] }), {
      rejects: 1,
      byCode: { 'price-negative': 1, 'product-unknown': 1 },
    });
    assert.deepEqual(await store.countRejects({ state: 'open', toDay: '2023-03-13' }), { rejects: 0, byCode: {} });
  },

  'dismisses the open rejects that fit, and tells how many': async (subject) => {
    await fill(subject);
    assert.equal(await subject.store.dismissRejects({ file: 'b_1.csv' }), 2);
    assert.deepEqual(await find(subject, { state: 'dismissed' }), ['b_1.csv:9', 'b_1.csv:10']);
    assert.deepEqual(await find(subject, { state: 'open' }), ['a.csv:3', 'bx1.csv:2', 'é.csv:4']);
    assert.equal(await subject.store.dismissRejects({ file: 'b_1.csv' }), 0);
    assert.equal(await subject.store.dismissRejects({ state: 'resolved' }), 0);
    assert.equal(await subject.store.dismissRejects({}), 3);
  },
};
