import assert from 'node:assert/strict';
import { buildContentHash, buildDelivery, buildFaults, commitDeliveries } from '@weir/core/testing';
import type { Contract } from '../contract.ts';
import type { WarehouseSubject } from '../warehouse-subject.ts';

/** rules.md 7: what is kept of a rejected row. */
export const REJECT_CLAUSES: Contract<WarehouseSubject>['clauses'] = {
  'keeps a reject with all its faults, its raw record and where it came from': async (subject) => {
    const faults = buildFaults('quantity-not-positive', 'date-not-a-date', 'product-unknown');
    const delivery = buildDelivery({
      key: 'day/a.csv',
      contentHash: buildContentHash('a'),
      header: 'transaction_id;"x"\t\\y',
      rows: [{}],
      rejects: [{ source_line: 17, raw_record: 'T-1,C-1,P-1,-2', faults }],
    });
    const committedAt = Date.UTC(2023, 2, 16, 2, 3, 4, 567);
    await commitDeliveries(subject.warehouse, 'run-1', [delivery], { committedAt });
    assert.deepEqual(await subject.rejects(), [
      {
        run_id: 'run-1',
        source_key: 'day/a.csv',
        content_hash: buildContentHash('a'),
        source_line: 17,
        header: 'transaction_id;"x"\t\\y',
        raw_record: 'T-1,C-1,P-1,-2',
        raw_encoding: 'text',
        raw_truncated: 0,
        faults,
        state: 'open',
        first_seen: committedAt,
        last_seen: committedAt,
      },
    ]);
  },

  'keeps a raw record that is no text as base64, and tells that it was cut': async (subject) => {
    const raw_record = 'AP/+'.repeat(16_383);
    const reject = { raw_record, raw_encoding: 'base64', raw_truncated: 1 } as const;
    await commitDeliveries(subject.warehouse, 'run-1', [buildDelivery({ rejects: [reject] })]);
    const [stored] = await subject.rejects();
    assert.deepEqual([stored!.raw_encoding, stored!.raw_truncated], ['base64', 1]);
    assert.ok(stored!.raw_record === raw_record, 'the raw record changed');
  },

  'keeps rejects of several deliveries apart, also on the same line and of the same key': async (subject) => {
    const deliveries = ['a.csv', 'b.csv', 'a.csv'].map((key, i) =>
      buildDelivery({ key, rejects: [{ source_line: 2, raw_record: `raw ${i}` }] }),
    );
    await commitDeliveries(subject.warehouse, 'run-1', deliveries.slice(0, 2));
    await commitDeliveries(subject.warehouse, 'run-2', deliveries.slice(2));
    const found = (await subject.rejects()).map((reject) => [reject.run_id, reject.source_key, reject.raw_record]);
    assert.deepEqual(found.sort(), [
      ['run-1', 'a.csv', 'raw 0'],
      ['run-1', 'b.csv', 'raw 1'],
      ['run-2', 'a.csv', 'raw 2'],
    ]);
  },

  'keeps no reject twice when its delivery comes again': async (subject) => {
    const delivery = buildDelivery({ rejects: [{}] });
    await commitDeliveries(subject.warehouse, 'run-1', [delivery]);
    await commitDeliveries(subject.warehouse, 'run-2', [delivery]);
    assert.deepEqual(
      (await subject.rejects()).map(({ run_id }) => run_id),
      ['run-1'],
    );
  },
};
