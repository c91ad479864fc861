import assert from 'node:assert/strict';
import {
  buildContentHash,
  buildDelivery,
  buildFaults,
  commitDeliveries,
  type Delivery,
  type DeliveryValues,
} from '@weir/core/testing';
import { assertPortError } from '../assert-port-error.ts';
import { buildBooks } from '../build-books.ts';
import type { Contract } from '../contract.ts';
import { type RejectStoreSubject, readRejects } from '../reject-store-subject.ts';

const FIRST = Date.UTC(2023, 2, 16);
const AGAIN = Date.UTC(2023, 2, 17, 8, 9, 10, 11);
const KEY = 'day/a.csv';
const HASH = buildContentHash('a');

/** A delivery whose rows on lines 3 and 4 are rejected. */
const FIRST_DELIVERY = buildDelivery({
  key: KEY,
  contentHash: HASH,
  rows: [{ transaction_id: 'T-2' }],
  rejects: [
    { source_line: 3, raw_record: 'T-3', faults: buildFaults('product-unknown') },
    { source_line: 4, raw_record: 'T-4', faults: buildFaults('product-unknown') },
  ],
});

const replayOf = (values: DeliveryValues): Delivery =>
  buildDelivery({ key: KEY, contentHash: HASH, status: 'replayed', ...values });
const healing = (line: number) => ({ transaction_id: `T-${line}`, source_line: line });

const fill = ({ warehouse }: RejectStoreSubject) =>
  commitDeliveries(warehouse, 'run-1', [FIRST_DELIVERY], { startedAt: FIRST, committedAt: FIRST });
const replay = ({ warehouse }: RejectStoreSubject, values: DeliveryValues, runId = 'replay-1') =>
  commitDeliveries(warehouse, runId, [replayOf(values)], { startedAt: AGAIN, committedAt: AGAIN });

async function readIds({ facts }: RejectStoreSubject): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const batch of facts.facts()) ids.push(...batch.map(({ transaction_id }) => transaction_id));
  return ids;
}

const look = async (subject: RejectStoreSubject) =>
  (await readRejects(subject)).map(({ line, state, faults, firstSeen, lastSeen, runId }) => ({
    line,
    state,
    codes: faults.map(({ code }) => code).join(),
    firstSeen,
    lastSeen,
    runId,
  }));

const seen = { firstSeen: FIRST, lastSeen: FIRST, runId: 'run-1' };

/** A commit of open rejects that were read again. */
export const REPLAY_CLAUSES: Contract<RejectStoreSubject>['clauses'] = {
  'commits what is replayed although its delivery was committed, and closes the books': async (subject) => {
    await fill(subject);
    const rejects = [{ source_line: 4, faults: buildFaults('price-negative') }];
    const books = buildBooks({ inserted: 1, rejected: 1 });
    const { files } = await replay(subject, { rows: [healing(3)], rejects });
    assert.deepEqual(files, [{ key: KEY, status: 'replayed', books }]);
    assert.deepEqual(await readIds(subject), ['T-2', 'T-3']);
    const run = (await subject.history.run('replay-1'))!;
    assert.deepEqual([run.status, run.totals], ['succeeded-with-rejects', books]);
    const [file] = run.files;
    assert.deepEqual(
      [file!.status, file!.books, file!.rejectsByCode, file!.contentHash],
      ['replayed', books, { 'price-negative': 1 }, HASH],
    );
  },

  'resolves the reject of a row that is accepted, and no other one': async (subject) => {
    await fill(subject);
    await replay(subject, { rows: [healing(3)] });
    assert.deepEqual(await look(subject), [
      { line: 3, state: 'resolved', codes: 'product-unknown', ...seen, lastSeen: AGAIN },
      { line: 4, state: 'open', codes: 'product-unknown', ...seen },
    ]);
  },

  'keeps the new faults of a row that is rejected again, and no second reject': async (subject) => {
    await fill(subject);
    await replay(subject, { rejects: [{ source_line: 4, raw_record: 'T-4', faults: buildFaults('price-negative') }] });
    assert.deepEqual(await look(subject), [
      { line: 3, state: 'open', codes: 'product-unknown', ...seen },
      { line: 4, state: 'open', codes: 'price-negative', ...seen, lastSeen: AGAIN },
    ]);
  },

  'touches the rejects of this content of this file only': async (subject) => {
    await fill(subject);
    const others = [
      buildDelivery({ ...FIRST_DELIVERY, contentHash: buildContentHash('other') }),
      buildDelivery({ ...FIRST_DELIVERY, key: 'day/b.csv' }),
    ];
    for (const [i, other] of others.entries()) await commitDeliveries(subject.warehouse, `other-${i}`, [other]);
    await replay(subject, { rows: [healing(3), healing(4)] });
    const resolved = await readRejects(subject, { state: 'resolved' });
    assert.deepEqual(
      resolved.map(({ key, contentHash }) => [key, contentHash]),
      [
        [KEY, HASH],
        [KEY, HASH],
      ],
    );
    assert.equal((await readRejects(subject, { state: 'open' })).length, 4);
  },

  'decides by the version that the replay tells: an old row does not overwrite a newer one': async (subject) => {
    await fill(subject);
    const day = Date.UTC(2023, 2, 20);
    const newer = { transaction_id: 'T-3', source_line: 2, quantity: 7 };
    const later = buildDelivery({ key: 'day/later.csv', sourceDay: '2023-03-20', sourceModified: day, rows: [newer] });
    await commitDeliveries(subject.warehouse, 'later', [later]);
    const { files } = await replay(subject, { rows: [healing(3)] });
    assert.deepEqual(files[0]!.books, buildBooks({ stale: 1 }));
    for await (const batch of subject.facts.facts()) {
      assert.equal(batch.find(({ transaction_id }) => transaction_id === 'T-3')?.quantity, 7);
    }
    assert.equal((await look(subject))[0]!.state, 'resolved');
  },

  'commits nothing where a reject is not open any more': async (subject) => {
    await fill(subject);
    await replay(subject, { rows: [healing(3)] });
    await subject.store.dismissRejects({ line: 4 });
    const before = [await look(subject), await readIds(subject)];
    const attempts: DeliveryValues[] = [
      { rows: [healing(3)] },
      { rejects: [{ source_line: 3, faults: buildFaults('price-negative') }] },
      { rows: [healing(4)] },
      { rows: [healing(5)] },
    ];
    for (const [i, values] of attempts.entries()) {
      await assertPortError(() => replay(subject, values, `late-${i}`), 'warehouse.rejects-settled');
      assert.equal(await subject.history.run(`late-${i}`), undefined);
    }
    assert.deepEqual([await look(subject), await readIds(subject)], before);
  },

  'commits the rest of a replay whose reject was settled, once it is read again': async (subject) => {
    await fill(subject);
    await subject.store.dismissRejects({ line: 3 });
    const both = { rows: [healing(3), healing(4)] };
    await assertPortError(() => replay(subject, both), 'warehouse.rejects-settled');
    await replay(subject, { rows: [healing(4)] });
    assert.deepEqual(
      (await look(subject)).map(({ state }) => state),
      ['dismissed', 'resolved'],
    );
  },

  'does not take a replay for a commit of its delivery': async (subject) => {
    await fill(subject);
    await replay(subject, { rows: [healing(3)] });
    const other = buildDelivery({ ...FIRST_DELIVERY, contentHash: buildContentHash('other') });
    await replay(subject, { contentHash: other.contentHash }, 'of-nothing');
    const hashes = await subject.warehouse.committedHashes([KEY]);
    assert.deepEqual([...hashes.get(KEY)!], [HASH]);
    const statuses: string[] = [];
    for (const delivery of [FIRST_DELIVERY, other]) {
      const { files } = await commitDeliveries(subject.warehouse, `again-${statuses.length}`, [delivery]);
      statuses.push(files[0]!.status);
    }
    assert.deepEqual(statuses, ['already-loaded', 'loaded']);
  },

  'commits deliveries beside replays, each in its own way': async (subject) => {
    await fill(subject);
    const fresh = buildDelivery({
      key: 'day/new.csv',
      rows: [{ transaction_id: 'T-9' }],
      rejects: [{ source_line: 3 }],
    });
    const { files } = await commitDeliveries(subject.warehouse, 'both', [fresh, replayOf({ rows: [healing(3)] })]);
    assert.deepEqual(
      files.map(({ status }) => status),
      ['loaded', 'replayed'],
    );
    assert.deepEqual(await readIds(subject), ['T-2', 'T-3', 'T-9']);
    const rejects = await readRejects(subject);
    assert.deepEqual(
      rejects.map(({ key, line, state }) => `${key}:${line} ${state}`),
      ['day/a.csv:3 resolved', 'day/a.csv:4 open', 'day/new.csv:3 open'],
    );
  },
};
