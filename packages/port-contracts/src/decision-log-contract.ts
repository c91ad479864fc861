import assert from 'node:assert/strict';
import { type Decision, MOST_DECISIONS, parsePolicy } from '@weir/core';
import { buildContentHash, buildDelivery, commitDeliveries, type DeliveryValues } from '@weir/core/testing';
import type { Contract } from './contract.ts';
import type { WarehouseSubject } from './warehouse-subject.ts';

const ALL = { policy: { decisions: 'all' } } as const;
const DAY = 24 * 3_600_000;

/** Why rows won or lost, asked about one transaction. */
export const decisionLogContract: Contract<WarehouseSubject> = {
  port: 'DecisionLog',
  clauses: {
    'knows nothing about a transaction that nobody delivered': async (subject) => {
      await deliver(subject, 1, { rows: [{ transaction_id: 'T-2' }] });
      for (const id of ['T-1', 't-2', 'T-', 'T-22', '', 'T-2\0', '\ud800', "T-2' OR '1'='1", '%']) {
        assert.deepEqual(await subject.log.decisionsAbout(id), []);
      }
    },

    'tells both rows of every decision, oldest first': async (subject) => {
      await deliver(subject, 1, { rows: [{ source_line: 7 }, { source_line: 3, status: 'Pending' }] });
      await deliver(subject, 2, { rows: [{ transaction_date: '2023-03-15', status: 'Refunded' }] });
      await deliver(subject, 3, { rows: [{}] });
      const first = rowOf(1, 7);
      const second = { ...rowOf(2, 2), transactionDate: '2023-03-15', status: 'Refunded', statusRank: 5 };
      assert.deepEqual(await subject.log.decisionsAbout('T-1'), [
        {
          ...{ runId: 'run-1', decidedAt: DAY, undoneAt: undefined, verdict: 'duplicate', decidedBy: 'status_rank' },
          row: { ...rowOf(1, 3), status: 'Pending', statusRank: 1 },
          other: { ...first, runId: undefined },
        },
        {
          runId: 'run-1',
          decidedAt: DAY,
          undoneAt: undefined,
          verdict: 'inserted',
          decidedBy: undefined,
          row: first,
          other: undefined,
        },
        {
          ...{
            runId: 'run-2',
            decidedAt: 2 * DAY,
            undoneAt: undefined,
            verdict: 'updated',
            decidedBy: 'transaction_date',
          },
          ...{ row: second, other: { ...first, runId: 'run-1' } },
        },
        {
          ...{
            runId: 'run-3',
            decidedAt: 3 * DAY,
            undoneAt: undefined,
            verdict: 'stale',
            decidedBy: 'transaction_date',
          },
          ...{ row: rowOf(3, 2), other: { ...second, runId: 'run-2' } },
        },
      ] satisfies Decision[]);
    },

    'tells the row that says the same, and no field where the versions are equal': async (subject) => {
      await deliver(subject, 1, { rows: [{}] });
      await deliver(subject, 1, { rows: [{}], contentHash: buildContentHash('again') }, 'again');
      await deliver(subject, 2, { rows: [{}] });
      const told = (await subject.log.decisionsAbout('T-1')).map(({ runId, verdict, decidedBy, other }) => [
        ...[runId, verdict, decidedBy],
        other?.runId,
      ]);
      assert.deepEqual(told, [
        ['again', 'unchanged', undefined, 'run-1'],
        ['run-1', 'inserted', undefined, undefined],
        ['run-2', 'unchanged', 'source_day', 'run-1'],
      ]);
    },

    'tells the decisions about one transaction only': async (subject) => {
      await deliver(subject, 1, { rows: [{}, { transaction_id: 'T-2' }, { transaction_id: "T-'3" }] });
      assert.equal((await subject.log.decisionsAbout('T-1')).length, 1);
      assert.equal((await subject.log.decisionsAbout("T-'3")).length, 1);
    },

    'tells what the policy keeps, and no more': async (subject) => {
      await deliver(subject, 1, { rows: [{}] }, 'run-1', { policy: { decisions: 'changes' } });
      assert.deepEqual(await subject.log.decisionsAbout('T-1'), []);
      await deliver(subject, 2, { rows: [{ quantity: 7 }] }, 'run-2', { policy: { decisions: 'changes' } });
      const [updated, ...others] = await subject.log.decisionsAbout('T-1');
      assert.deepEqual([updated!.verdict, updated!.other, others], ['updated', { ...rowOf(1, 2), runId: 'run-1' }, []]);
    },

    'tells when the run of a decision was undone': async (subject) => {
      await deliver(subject, 1, { rows: [{}] });
      const stage = await subject.undo.openUndo('run-1');
      const nothing = { sources: [], restored: 0, policy: parsePolicy(ALL.policy) };
      await stage.commit({ runId: 'run-1', undoneAt: 7 * DAY + 89, deleted: 1, ...nothing });
      await stage.close();
      const told = await subject.log.decisionsAbout('T-1');
      assert.deepEqual(
        told.map(({ undoneAt }) => undoneAt),
        [7 * DAY + 89],
      );
    },

    'tells the newest where there are too many': async (subject) => {
      const rows = Array.from({ length: MOST_DECISIONS + 200 }, (_, i) => ({ source_line: i + 2 }));
      await deliver(subject, 1, { rows });
      await deliver(subject, 2, { rows: [{}] });
      const told = await subject.log.decisionsAbout('T-1');
      assert.equal(told.length, MOST_DECISIONS);
      assert.deepEqual([told.at(-1)!.runId, told[0]!.runId], ['run-2', 'run-1']);
    },
  },
};

function deliver(
  { warehouse }: WarehouseSubject,
  day: number,
  values: DeliveryValues,
  runId = `run-${day}`,
  options: Parameters<typeof commitDeliveries>[3] = ALL,
): Promise<unknown> {
  const delivery = buildDelivery({ ...placeOf(day), ...values });
  const times = { startedAt: day * DAY, committedAt: day * DAY };
  return commitDeliveries(warehouse, runId, [delivery], { ...times, ...options });
}

function placeOf(day: number) {
  return { key: `day-${day}.csv`, sourceDay: `2023-03-0${day}`, sourceModified: day * DAY + 123 };
}

function rowOf(day: number, sourceLine: number) {
  const { key: sourceKey, ...times } = placeOf(day);
  return { ...times, sourceKey, sourceLine, transactionDate: '2023-03-14', status: 'Completed', statusRank: 3 };
}
