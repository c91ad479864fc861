import assert from 'node:assert/strict';
import type { RunEntry, RunLedger } from '@weir/core';
import type { Contract } from '../contract.ts';
import { assertSame, buildPlan, fieldsOf, PLANNED_AT, planRun } from './build-run.ts';
import type { RunLedgerSubject } from './run-ledger-subject.ts';

/** More than one page of anything. */
const MANY = 1234;

/** Which runs are not closed. */
export const OPEN_RUN_CLAUSES: Contract<RunLedgerSubject>['clauses'] = {
  'lists no open run where none was planned': async ({ ledger }) => {
    assert.deepEqual(await listOpen(ledger), []);
  },

  'lists the entries of open runs as they stand, in the order of their ids': async ({ ledger }) => {
    for (const runId of ['run-b', 'run-a', 'run-10', 'run-9']) await planRun(ledger, runId);
    const entry = (await ledger.read('run-b'))!;
    await ledger.replace(entry, fieldsOf(entry, { notifiedAt: PLANNED_AT }));
    const open = await listOpen(ledger);
    assert.deepEqual(
      open.map(({ runId }) => runId),
      ['run-10', 'run-9', 'run-a', 'run-b'],
    );
    for (const listed of open) assertSame(listed, await ledger.read(listed.runId));
  },

  'lists an entry that may be replaced as it was listed': async ({ ledger }) => {
    await planRun(ledger, 'run-1');
    const [listed] = await listOpen(ledger);
    assert.ok((await ledger.replace(listed!, fieldsOf(listed!, { settledAt: PLANNED_AT }))) !== undefined);
  },

  'lists many open runs, each once': async ({ ledger }) => {
    const runIds = Array.from({ length: MANY }, (_, i) => `run-${String(i).padStart(5, '0')}`);
    for (let i = 0; i < MANY; i += 50) {
      await Promise.all(runIds.slice(i, i + 50).map((runId) => planRun(ledger, runId)));
    }
    const closed = (await ledger.read(runIds[7]!))!;
    await ledger.close(closed);
    const open = await listOpen(ledger);
    assert.deepEqual(
      open.map(({ runId }) => runId),
      runIds.filter((_, i) => i !== 7),
    );
  },

  'still reads a closed run as it stood, but lists it no longer': async ({ ledger }) => {
    const entry = await planRun(ledger, 'run-1');
    await planRun(ledger, 'run-2');
    const settled = (await ledger.replace(entry, fieldsOf(entry, { settledAt: PLANNED_AT, notifiedAt: PLANNED_AT })))!;
    const closed = await ledger.close(settled);
    assert.ok(closed !== undefined);
    assertSame({ ...closed, revision: '' }, { ...settled, revision: '' });
    assertSame({ ...(await ledger.read('run-1')), revision: '' }, { ...settled, revision: '' });
    assert.deepEqual(
      (await listOpen(ledger)).map(({ runId }) => runId),
      ['run-2'],
    );
  },

  'leaves a closed run closed: it is neither replaced nor planned again': async ({ ledger }) => {
    const entry = await planRun(ledger, 'run-1');
    const closed = (await ledger.close(entry))!;
    for (const read of [entry, closed, (await ledger.read('run-1'))!]) {
      assert.equal(await ledger.replace(read, fieldsOf(read, { notifiedAt: PLANNED_AT })), undefined);
    }
    const again = await ledger.plan(buildPlan('run-1'));
    assert.equal(again.kind, 'known');
    assert.equal(again.entry.notifiedAt, undefined);
    assert.deepEqual(await listOpen(ledger), []);
  },

  'closes a run once of which several close it': async ({ ledger }) => {
    const entry = await planRun(ledger, 'run-1');
    const answers = await Promise.all([1, 2, 3].map(() => ledger.close(entry)));
    assert.ok(answers.some((answer) => answer !== undefined));
    assert.deepEqual(await listOpen(ledger), []);
    assertSame({ ...(await ledger.read('run-1')), revision: '' }, { ...entry, revision: '' });
  },

  'does not close what somebody else replaced': async ({ ledger }) => {
    const entry = await planRun(ledger, 'run-1');
    await ledger.replace(entry, fieldsOf(entry, { settledAt: PLANNED_AT }));
    assert.equal(await ledger.close(entry), undefined);
    const [open] = await listOpen(ledger);
    assert.equal(open?.settledAt, PLANNED_AT);
  },
};

async function listOpen(ledger: RunLedger): Promise<readonly RunEntry[]> {
  const entries: RunEntry[] = [];
  for await (const page of ledger.openRuns()) entries.push(...page);
  return entries;
}
