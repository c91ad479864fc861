import assert from 'node:assert/strict';
import type { Policy } from '@weir/core';
import { buildDelivery, commitDeliveries } from '@weir/core/testing';
import type { Contract } from '../contract.ts';
import type { WarehouseSubject } from '../warehouse-subject.ts';

/** rules.md 6: why a row won or lost is kept. */
export const DECISION_CLAUSES: Contract<WarehouseSubject>['clauses'] = {
  'keeps every decision under the policy "all"': async (subject) => {
    await playEveryVerdict(subject, 'all');
    assert.deepEqual(await readVerdicts(subject), {
      ...{ 'updated 2': 'updated', 'unchanged 3': 'unchanged', 'repeated 4': 'unchanged', 'stale 5': 'stale' },
      ...{ 'doubled 6': 'duplicate', 'doubled 7': 'updated', 'new 8': 'inserted' },
    });
  },

  'keeps all but inserted and unchanged rows under the policy "changes"': async (subject) => {
    await playEveryVerdict(subject, 'changes');
    assert.deepEqual(await readVerdicts(subject), {
      ...{ 'updated 2': 'updated', 'stale 5': 'stale', 'doubled 6': 'duplicate', 'doubled 7': 'updated' },
    });
  },

  'keeps no decision under the policy "none"': async (subject) => {
    await playEveryVerdict(subject, 'none');
    assert.deepEqual(await subject.decisions(), []);
  },

  'keeps "changes" where the policy says nothing': async (subject) => {
    await commitDeliveries(subject.warehouse, 'run-1', [buildDelivery({ rows: [{}, {}] })]);
    assert.deepEqual(
      (await subject.decisions()).map(({ verdict }) => verdict),
      ['duplicate'],
    );
  },

  'tells which row a decision is about and which field decided': async (subject) => {
    const policy = { decisions: 'all' } as const;
    const first = buildDelivery({ key: 'a.csv', rows: [{}, { status: 'Refunded' }] });
    const second = buildDelivery({ key: 'b.csv', rows: [{ transaction_date: '2023-03-13' }] });
    await commitDeliveries(subject.warehouse, 'run-1', [first], { policy });
    await commitDeliveries(subject.warehouse, 'run-2', [second], { policy });
    const decisions = [...(await subject.decisions())].sort((a, b) =>
      `${a.run_id} ${a.source_line}` < `${b.run_id} ${b.source_line}` ? -1 : 1,
    );
    const about = { run_id: 'run-1', transaction_id: 'T-1', source_key: 'a.csv' };
    assert.deepEqual(decisions, [
      { ...about, source_line: 2, verdict: 'duplicate', decided_by: 'status_rank' },
      { ...about, source_line: 3, verdict: 'inserted', decided_by: undefined },
      {
        ...about,
        run_id: 'run-2',
        source_key: 'b.csv',
        source_line: 2,
        verdict: 'stale',
        decided_by: 'transaction_date',
      },
    ]);
  },

  'names no field where the versions are equal': async (subject) => {
    const policy = { decisions: 'all' } as const;
    await commitDeliveries(subject.warehouse, 'run-1', [buildDelivery({ rows: [{}] })], { policy });
    const again = buildDelivery({ rows: [{}], contentHash: `sha256:${'cd'.repeat(32)}` });
    await commitDeliveries(subject.warehouse, 'run-2', [again], { policy });
    const decision = (await subject.decisions()).find(({ run_id }) => run_id === 'run-2');
    assert.deepEqual([decision?.verdict, decision?.decided_by], ['unchanged', undefined]);
  },
};

/** Ends with a run `judged` that holds a row of every verdict, and a rejected one. */
async function playEveryVerdict({ warehouse }: WarehouseSubject, decisions: Policy['decisions']): Promise<void> {
  const options = { policy: { decisions } };
  const before = [
    buildDelivery({ key: 'judged.csv', sourceModified: 2, rows: [{ transaction_id: 'repeated', source_line: 4 }] }),
    buildDelivery({
      key: 'older.csv',
      sourceModified: 1,
      rows: [{ transaction_id: 'updated' }, { transaction_id: 'unchanged' }, { transaction_id: 'doubled' }],
    }),
    buildDelivery({ key: 'newer.csv', sourceModified: 3, rows: [{ transaction_id: 'stale' }] }),
  ];
  await commitDeliveries(warehouse, 'before', before, options);
  const judged = buildDelivery({
    key: 'judged.csv',
    sourceModified: 2,
    rows: [
      { transaction_id: 'updated', quantity: 5 },
      { transaction_id: 'unchanged' },
      { transaction_id: 'repeated' },
      { transaction_id: 'stale' },
      { transaction_id: 'doubled', quantity: 5 },
      { transaction_id: 'doubled', quantity: 6 },
      { transaction_id: 'new' },
    ],
    rejects: [{}],
  });
  await commitDeliveries(warehouse, 'judged', [judged], options);
}

/** The kept verdicts of the run `judged`, by transaction id and line. */
async function readVerdicts(subject: WarehouseSubject): Promise<Record<string, string>> {
  const decisions = (await subject.decisions()).filter(({ run_id }) => run_id === 'judged');
  return Object.fromEntries(
    decisions.map(({ transaction_id, source_line, verdict }) => [`${transaction_id} ${source_line}`, verdict]),
  );
}
