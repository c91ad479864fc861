import assert from 'node:assert/strict';
import { VERSION_FIELDS, type VersionField } from '@weir/core';
import { buildDelivery, type CommitOptions, commitDeliveries, type Delivery } from '@weir/core/testing';
import { buildBooks } from '../build-books.ts';
import type { Check, Contract } from '../contract.ts';
import { readDecision, readFact, type WarehouseSubject } from '../warehouse-subject.ts';

type Side = Readonly<Record<VersionField, string | number>>;

/** Less in every field, but greater where numbers are compared as text, or keys in the order of a language. */
const LESS: Side = {
  terminal: 0,
  transaction_date: '2023-03-09',
  status_rank: 9,
  source_day: '2022-12-31',
  source_modified: 999,
  source_line: 9,
  source_key: 'Zebra/x.csv',
};

const GREATER: Side = {
  terminal: 1,
  transaction_date: '2023-03-10',
  status_rank: 10,
  source_day: '2023-01-01',
  source_modified: 1000,
  source_line: 10,
  source_key: 'apple/x.csv',
};

/** In other letter case than the status, which does not matter there. */
const OPTIONS: CommitOptions = { policy: { decisions: 'all', terminalStatuses: ['refunded'] } };

/** rules.md 6: which of two rows wins. */
export const VERSION_CLAUSES: Contract<WarehouseSubject>['clauses'] = {
  ...Object.fromEntries(
    VERSION_FIELDS.map((field) => [
      `lets ${field} decide where all else is equal`,
      checkWinner({ ...LESS, [field]: GREATER[field] }, LESS, field),
    ]),
  ),

  ...Object.fromEntries(
    VERSION_FIELDS.slice(0, -1).map((field, place) => [
      `lets ${field} decide although every later field says otherwise`,
      checkWinner(
        { ...LESS, [field]: GREATER[field] },
        { ...LESS, ...Object.fromEntries(VERSION_FIELDS.slice(place + 1).map((later) => [later, GREATER[later]])) },
        field,
      ),
    ]),
  ),

  'compares keys by their bytes in UTF-8, not in UTF-16': checkWinner(
    { ...LESS, source_key: 'day/\u{1f600}.csv' },
    { ...LESS, source_key: 'day/\uff5e.csv' },
    'source_key',
  ),

  'ranks a key above its own beginning': checkWinner(
    { ...LESS, source_key: 'day/a.csv.gz' },
    { ...LESS, source_key: 'day/a.csv' },
    'source_key',
  ),

  'lets a later date win over a final status where the policy calls none terminal': async ({ warehouse }) => {
    const refund = toDelivery({ ...LESS, terminal: 1 }, { customer_id: 'C-1' });
    const later = toDelivery({ ...LESS, transaction_date: '2023-03-10' }, { customer_id: 'C-2' });
    await commitDeliveries(warehouse, 'run-1', [refund]);
    const { files } = await commitDeliveries(warehouse, 'run-2', [later]);
    assert.deepEqual(files[0]!.books, buildBooks({ updated: 1 }));
  },
};

/** The winner wins when it comes second, when it comes first, and on either place in one commit. */
function checkWinner(winner: Side, loser: Side, decidedBy: VersionField): Check<WarehouseSubject> {
  return async (subject) => {
    const { warehouse } = subject;
    const commit = (runId: string, deliveries: Delivery[]) => commitDeliveries(warehouse, runId, deliveries, OPTIONS);
    const pair = (transaction_id: string) => [
      toDelivery(winner, { transaction_id, customer_id: 'winner' }),
      toDelivery(loser, { transaction_id, customer_id: 'loser' }),
    ];
    const requireOutcome = async (transactionId: string, runId: string, verdict: string) => {
      assert.equal(
        (await readFact(subject, transactionId)).customer_id,
        'winner',
        `${transactionId}: the wrong row won`,
      );
      const decision = await readDecision(subject, runId, verdict);
      assert.equal(decision?.decided_by, decidedBy, `${transactionId}: which field decided`);
    };

    const [second, first] = pair('second');
    await commit('second-1', [first!]);
    await commit('second-2', [second!]);
    await requireOutcome('second', 'second-2', 'updated');

    const [early, late] = pair('first');
    await commit('first-1', [early!]);
    await commit('first-2', [late!]);
    await requireOutcome('first', 'first-2', 'stale');

    if (winner.source_key === loser.source_key) return;
    await commit('both', pair('both'));
    await requireOutcome('both', 'both', 'duplicate');
    await commit('swapped', pair('swapped').reverse());
    await requireOutcome('swapped', 'swapped', 'duplicate');
  };
}

function toDelivery(side: Side, row: { transaction_id?: string; customer_id: string }): Delivery {
  return buildDelivery({
    key: String(side.source_key),
    sourceDay: String(side.source_day),
    sourceModified: Number(side.source_modified),
    rows: [
      {
        ...row,
        source_line: Number(side.source_line),
        transaction_date: String(side.transaction_date),
        status: side.terminal === 1 ? 'Refunded' : 'Completed',
        status_rank: Number(side.status_rank),
      },
    ],
  });
}
