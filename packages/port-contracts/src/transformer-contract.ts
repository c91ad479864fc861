import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type IngestEvent, parsePolicy } from '@weir/core';
import { assertPortError } from './assert-port-error.ts';
import type { Contract } from './contract.ts';
import {
  csv,
  land,
  readRejects,
  readRows,
  row,
  staged,
  type TransformerSubject,
  transform,
} from './transformer-subject.ts';

const MANY = csv(...Array.from({ length: 3000 }, (_, i) => row(`M-${i}`, { quantity: i % 10 === 0 ? 0 : i })));

/** Turns deliveries into staged rows. */
export const transformerContract: Contract<TransformerSubject> = {
  port: 'Transformer',
  clauses: {
    'gives one outcome a delivery, in their order': async (subject) => {
      const deliveries = await land(subject, ...Array.from({ length: 9 }, (_, i) => csv(row(`T-${i}`))));
      const shuffled = [8, 0, 4, 2, 6, 1, 7, 3, 5].map((place) => deliveries[place]!);
      const { deliveries: outcomes, stage } = await transform(subject, shuffled);
      assert.deepEqual(
        outcomes.map((outcome) => [outcome.kind, outcome.fileNo, staged(outcome).file.key]),
        shuffled.map(({ fileNo, landed }) => ['staged', fileNo, landed.key]),
      );
      await stage!.close();
    },

    'stages the rows and the rejects of every delivery under its number': async (subject) => {
      const deliveries = await land(
        subject,
        csv(row('A-1'), row('A-2', { quantity: 'x' })),
        csv(row('B-1', { product: 'P-9' }), '', row('B-2', { quantity: 3 })),
      );
      const { stage } = await transform(subject, deliveries);
      const rows = await readRows(subject, stage);
      assert.deepEqual(
        rows.map((line) => [line.file_no, line.source_line, line.transaction_id, line.total_amount]),
        [
          ['1', '2', 'A-1', '9.99'],
          ['2', '4', 'B-2', '29.97'],
        ],
      );
      for (const line of rows) {
        const { product_name, list_price, membership_level } = line;
        assert.deepEqual({ product_name, list_price, membership_level }, KETTLE_FOR_GOLD);
      }
      const rejects = await readRejects(subject, stage);
      assert.deepEqual(
        rejects.map((line) => [line.file_no, line.source_line, codesOf(line.faults!)]),
        [
          ['1', '3', 'quantity-not-an-integer'],
          ['2', '2', 'product-unknown'],
        ],
      );
      await stage!.close();
    },

    'tells what each delivery held': async (subject) => {
      const text = csv(row('A-1'), '', row('A-2', { quantity: 0 }), row('A-3', { quantity: -1, product: 'P-9' }));
      const [delivery] = await land(subject, text);
      const { deliveries, stage } = await transform(subject, [delivery!]);
      const { file, firstRejects, ignoredColumns } = staged(deliveries[0]);
      const { key, size, modifiedAt } = delivery!.landed;
      assert.deepEqual(file, {
        fileNo: 1,
        key,
        contentHash: hashOf(text),
        status: 'loaded',
        refusal: undefined,
        size,
        sourceDay: '2023-03-15',
        sourceModified: modifiedAt,
        header: text.slice(0, text.indexOf('\n')),
        read: 3,
        blankLines: 1,
        rejected: 2,
        rejectsByCode: { 'quantity-not-positive': 2, 'product-unknown': 1 },
      });
      assert.deepEqual(firstRejects, { 'quantity-not-positive': 4, 'product-unknown': 5 });
      assert.deepEqual(ignoredColumns, []);
      await stage!.close();
    },

    'names the columns of a delivery that are not read': async (subject) => {
      const text = csv(`${row('A-1')},x,y`).replace('status', 'status,"no\nte",Extra');
      const { deliveries, stage } = await transform(subject, await land(subject, text));
      assert.deepEqual(staged(deliveries[0]).ignoredColumns, ['no\nte', 'Extra']);
      await stage!.close();
    },

    'stages nothing of what was committed before': async (subject) => {
      const text = csv(row('A-1'), row('A-2', { quantity: 0 }));
      const [known, fresh] = await land(subject, text, csv(row('B-1')));
      const committed = [`sha256:${'0'.repeat(64)}`, hashOf(text)];
      const { deliveries, stage } = await transform(subject, [{ ...known!, committed }, fresh!]);
      assert.deepEqual(deliveries[0], { kind: 'known', fileNo: 1, contentHash: hashOf(text) });
      assert.deepEqual(await idsOf(subject, stage), ['B-1']);
      assert.deepEqual(await readRejects(subject, stage), []);
      await stage!.close();
    },

    'takes other content under a known key for a new delivery': async (subject) => {
      const [delivery] = await land(subject, csv(row('A-1')));
      const committed = [`sha256:${'0'.repeat(64)}`, hashOf(csv(row('A-0')))];
      const { deliveries, stage } = await transform(subject, [{ ...delivery!, committed }]);
      assert.equal(staged(deliveries[0]).file.contentHash, hashOf(csv(row('A-1'))));
      assert.deepEqual(await idsOf(subject, stage), ['A-1']);
      await stage!.close();
    },

    'holds no stage open where nothing was staged': async (subject) => {
      const text = csv(row('A-1'));
      const [known, gone] = await land(subject, text, csv(row('B-1')));
      await subject.remove(gone!.landed);
      const work = [{ ...known!, committed: [hashOf(text)] }, gone!];
      const { deliveries, stage } = await transform(subject, work);
      assert.deepEqual(
        deliveries.map(({ kind }) => kind),
        ['known', 'failed'],
      );
      assert.equal(stage, undefined);
      assert.equal(await subject.openStages(), 0);
    },

    'tells a fault of the landing place as the outcome of that delivery alone': async (subject) => {
      const deliveries = await land(subject, csv(row('A-1')), csv(row('B-1')), csv(row('C-1')));
      await subject.remove(deliveries[1]!.landed);
      const { deliveries: outcomes, stage } = await transform(subject, deliveries);
      const [, failed] = outcomes;
      if (failed?.kind !== 'failed') throw new Error(`should have failed, not ${failed?.kind}`);
      assert.match(failed.problem.code, /^landing\.(not-found|changed)$/);
      assert.ok(failed.problem.message.length > 0);
      assert.deepEqual(await idsOf(subject, stage), ['A-1', 'C-1']);
      await stage!.close();
    },

    'tells an empty and a refused delivery, by the policy of the run': async (subject) => {
      const contents = [csv(), 'not,ours\n1,2\n', csv(row('A-1'), row('A-2', { quantity: 0 })), ''];
      const policy = parsePolicy({ maxRejectRate: 0.4 });
      const { deliveries, stage } = await transform(subject, await land(subject, ...contents), { policy });
      assert.deepEqual(
        deliveries.map((read) => [staged(read).file.status, staged(read).file.refusal?.code]),
        [
          ['empty', undefined],
          ['refused', 'header-missing-column'],
          ['refused', 'reject-rate-exceeded'],
          ['empty', undefined],
        ],
      );
      await stage!.close();
    },

    'stages the same lines for the same work': async (subject) => {
      const deliveries = await land(subject, MANY, csv(row('B-1')), MANY.replaceAll('M-', 'N-'));
      const first = await transform(subject, deliveries);
      const lines = [await readRows(subject, first.stage), await readRejects(subject, first.stage)];
      assert.deepEqual([lines[0]!.length, lines[1]!.length], [5401, 600]);
      await first.stage!.close();
      const second = await transform(subject, deliveries, { batchSize: 7 });
      const again = [await readRows(subject, second.stage), await readRejects(subject, second.stage)];
      // Not by deepEqual, which takes minutes to tell how thousands of lines differ.
      assert.ok(isDeepStrictEqual(again, lines), 'other lines were staged');
      assert.deepEqual(second.deliveries, first.deliveries);
      await second.stage!.close();
    },

    'warns of dimensions that are empty': async (subject) => {
      const deliveries = await land(subject, csv(row('A-1')));
      const full = await transform(subject, deliveries);
      assert.deepEqual(full.warnings, []);
      await full.stage!.close();
      await subject.emptyDimensions();
      const { warnings, stage } = await transform(subject, deliveries);
      assert.equal(warnings.length, 2);
      assert.match(warnings[0]!, /dim_products is empty/);
      assert.match(warnings[1]!, /dim_customers is empty/);
      await stage!.close();
    },

    'tells when each delivery was read': async (subject) => {
      const deliveries = await land(subject, csv(row('A-1'), row('A-2', { quantity: 0 })), csv(row('B-1')));
      const events: IngestEvent[] = [];
      const { stage } = await transform(subject, deliveries, { onEvent: (event) => events.push(event) });
      const read = events.flatMap((event) => (event.kind === 'file-read' ? [event] : []));
      assert.deepEqual(read.map(({ key, rows, rejected }) => [key, rows, rejected]).sort(), [
        [deliveries[0]!.landed.key, 2, 1],
        [deliveries[1]!.landed.key, 1, 0],
      ]);
      await stage!.close();
    },

    'leaves nothing staged where it throws': async (subject) => {
      const deliveries = await land(subject, MANY, csv(row('B-1')));
      await subject.breakStaging();
      await assertPortError(() => transform(subject, deliveries));
      assert.equal(await subject.openStages(), 0);
    },

    'ends with the reason of its signal and leaves nothing staged': async (subject) => {
      const deliveries = await land(subject, MANY, csv(row('B-1')));
      const reason = new Error('stop');
      for (const abortAt of ['before', 'while'] as const) {
        const controller = new AbortController();
        if (abortAt === 'before') controller.abort(reason);
        const onEvent = () => controller.abort(reason);
        const run = transform(subject, deliveries, { signal: controller.signal, onEvent });
        await assert.rejects(run, (error) => error === reason);
        assert.equal(await subject.openStages(), 0);
      }
    },
  },
};

const KETTLE_FOR_GOLD = { product_name: 'Kettle', list_price: '21.50', membership_level: 'Gold' };

async function idsOf(subject: TransformerSubject, stage: Parameters<typeof readRows>[1]): Promise<string[]> {
  return (await readRows(subject, stage)).map((line) => line.transaction_id!);
}

function codesOf(faults: string): string {
  return (JSON.parse(faults) as { code: string }[]).map(({ code }) => code).join(' ');
}

function hashOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
