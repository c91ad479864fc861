import assert from 'node:assert/strict';
import { type FileReport, type IngestReport, parsePolicy, type RunFields } from '@weir/core';
import type { Contract } from '../contract.ts';
import { assertEntry, assertSame, buildFile, buildPlan, fieldsOf, PLANNED_AT, planRun } from './build-run.ts';
import type { RunLedgerSubject } from './run-ledger-subject.ts';

/** An entry: created once, replaced only by who read it last. */
export const ENTRY_CLAUSES: Contract<RunLedgerSubject>['clauses'] = {
  'says where it is': async ({ ledger }) => {
    assert.ok(ledger.location.length > 0);
  },

  'knows no run that was not planned': async ({ ledger }) => {
    assert.equal(await ledger.read('run-1'), undefined);
    await planRun(ledger, 'run-1');
    for (const runId of ['run', 'run-', 'run-11', 'RUN-1']) assert.equal(await ledger.read(runId), undefined);
  },

  'plans a run: an entry in the state planned, which nobody holds': async ({ ledger }) => {
    const plan = buildPlan('run-1', { files: [buildFile('b.csv'), buildFile('a.csv', 'v:2')] });
    const { kind, entry } = await ledger.plan(plan);
    assert.equal(kind, 'planned');
    await assertEntry(ledger, plan, plannedFields(plan));
    assertSame(await ledger.read('run-1'), entry);
  },

  'leaves the entry of a run alone that is planned again, and gives it': async ({ ledger }) => {
    const plan = buildPlan('run-1');
    const { entry } = await ledger.plan(plan);
    const started = await ledger.replace(entry, fieldsOf(entry, { state: STARTED }));
    const again = await ledger.plan(buildPlan('run-1', { plannedAt: PLANNED_AT + 9, files: [buildFile('other.csv')] }));
    assert.equal(again.kind, 'known');
    assertSame(again.entry, started);
    await assertEntry(ledger, plan, { ...plannedFields(plan), state: STARTED });
  },

  'plans a run once of which several plan it at the same time': async ({ ledger }) => {
    const plans = [1, 2, 3, 4, 5, 6].map((n) => buildPlan('run-1', { plannedAt: PLANNED_AT + n }));
    const answers = await Promise.all(plans.map((plan) => ledger.plan(plan)));
    assert.equal(answers.filter(({ kind }) => kind === 'planned').length, 1);
    const stored = await ledger.read('run-1');
    for (const { entry } of answers) assertSame(entry, stored);
  },

  'keeps every field of the states, with its reports, problems and lease': async ({ ledger }) => {
    const plan = buildPlan('run-1', { policy: ODD_POLICY, files: [ODD_FILE, buildFile('a.csv')] });
    let { entry } = await ledger.plan(plan);
    await assertEntry(ledger, plan, plannedFields(plan));
    for (const fields of ALL_FIELDS) {
      const replaced = await ledger.replace(entry, fields);
      assert.ok(replaced !== undefined);
      await assertEntry(ledger, plan, fields);
      entry = replaced;
    }
  },

  'keeps the report of a thousand files': async ({ ledger }) => {
    const plan = buildPlan('run-1', { files: Array.from({ length: 1000 }, (_, i) => buildFile(`day=${i}/a.csv`)) });
    const { entry } = await ledger.plan(plan);
    const report = { ...REPORT, files: plan.files.map(({ key }) => ({ ...FILE_REPORT, key })) };
    const fields = fieldsOf(entry, { state: { kind: 'committed', jobRunId: 'job-1', report } });
    await ledger.replace(entry, fields);
    await assertEntry(ledger, plan, fields);
  },

  'refuses to replace what somebody else replaced, and leaves it as it is': async ({ ledger }) => {
    const plan = buildPlan('run-1');
    const { entry } = await ledger.plan(plan);
    const first = await ledger.replace(entry, fieldsOf(entry, { state: STARTED }));
    assert.ok(first !== undefined);
    assert.equal(await ledger.replace(entry, fieldsOf(entry, { notifiedAt: PLANNED_AT })), undefined);
    await assertEntry(ledger, plan, { ...plannedFields(plan), state: STARTED });
    assert.ok((await ledger.replace(first, fieldsOf(first, { notifiedAt: PLANNED_AT }))) !== undefined);
    await assertEntry(ledger, plan, { ...plannedFields(plan), state: STARTED, notifiedAt: PLANNED_AT });
  },

  'refuses a stale entry also where what stands there says the same again': async ({ ledger }) => {
    const entry = await planRun(ledger, 'run-1');
    const started = (await ledger.replace(entry, fieldsOf(entry, { state: STARTED })))!;
    const back = (await ledger.replace(started, fieldsOf(entry)))!;
    const again = (await ledger.replace(back, fieldsOf(entry, { state: STARTED })))!;
    assert.equal(await ledger.replace(started, fieldsOf(started, { lease: LEASE })), undefined);
    assertSame(await ledger.read('run-1'), again);
  },

  'lets one of several replace an entry at the same time': async ({ ledger }) => {
    const entry = await planRun(ledger, 'run-1');
    const leases = [1, 2, 3, 4, 5, 6].map((n) => ({ ...LEASE, owner: `worker ${n}` }));
    const answers = await Promise.all(leases.map((lease) => ledger.replace(entry, fieldsOf(entry, { lease }))));
    const winners = answers.filter((answer) => answer !== undefined);
    assert.equal(winners.length, 1);
    assertSame(await ledger.read('run-1'), winners[0]);
  },

  'does not create an entry by replacing one that it does not have': async ({ ledger }) => {
    const entry = await planRun(ledger, 'run-1');
    assert.equal(await ledger.replace({ ...entry, runId: 'run-2' }, fieldsOf(entry)), undefined);
    assert.equal(await ledger.read('run-2'), undefined);
  },

  'keeps the id, the time and the policy of the plan whatever a replacement says': async ({ ledger }) => {
    const plan = buildPlan('run-1');
    const { entry } = await ledger.plan(plan);
    const sly = { ...fieldsOf(entry), runId: 'run-2', plannedAt: 0, policy: ODD_POLICY, revision: 'sly' };
    assert.ok((await ledger.replace(entry, sly)) !== undefined);
    await assertEntry(ledger, plan, plannedFields(plan));
    assert.equal(await ledger.read('run-2'), undefined);
  },
};

const STARTED = { kind: 'started', jobRunId: 'jr_1', startedAt: PLANNED_AT + 5 } as const;
const LEASE = { owner: 'job jr_1', token: 7, until: PLANNED_AT + 60_001 };
const ODD_POLICY = parsePolicy({
  terminalStatuses: ['Refunded'],
  amountClasses: [{ name: 'Étroit', below: '0.01' }, { name: '大' }],
  maxRejectRate: 0.1,
  decisions: 'all',
});
const ODD_FILE = { key: 'é/\'a "b\\c\u{1f600}\u2028.csv', size: 0, modifiedAt: 0, version: 'v:null+/=%20?&\u0000' };

const FILE_REPORT: FileReport = {
  key: ODD_FILE.key,
  status: 'loaded',
  read: 7,
  inserted: 1,
  updated: 2,
  unchanged: 1,
  stale: 1,
  duplicate: 1,
  rejected: 1,
  contentHash: `sha256:${'0'.repeat(64)}`,
  rejectsByCode: { 'row-quoting': 1, 'price-negative': 1 },
  firstRejects: { 'row-quoting': 5, 'price-negative': 12 },
  problem: undefined,
  takenTo: 'archive',
};
const PROBLEM = { code: 'landing.changed', message: 'It "changed"\nmeanwhile.', remedy: 'Wait.' };
const REPORT: IngestReport = {
  runId: 'run-1',
  status: 'failed',
  files: [
    FILE_REPORT,
    { ...FILE_REPORT, key: 'a.csv', status: 'failed', contentHash: undefined, problem: PROBLEM, takenTo: undefined },
  ],
  totals: { read: 7, inserted: 1, updated: 2, unchanged: 1, stale: 1, duplicate: 1, rejected: 1 },
  archived: 1,
  quarantined: 0,
  notMoved: [{ key: 'a.csv', problem: { ...PROBLEM, remedy: undefined } }],
  warnings: ['ignored columns: "é"', ''],
};

const ALL_FIELDS: readonly RunFields[] = [
  {
    files: [ODD_FILE],
    state: { kind: 'planned' },
    lease: { owner: 'start é', token: 1, until: 0 },
    notifiedAt: undefined,
    settledAt: undefined,
  },
  { files: [ODD_FILE], state: STARTED, lease: LEASE, notifiedAt: undefined, settledAt: undefined },
  {
    files: [ODD_FILE],
    state: { kind: 'failed', jobRunId: 'jr_1', problem: PROBLEM },
    lease: LEASE,
    notifiedAt: PLANNED_AT,
    settledAt: undefined,
  },
  {
    files: [],
    state: { kind: 'failed', jobRunId: undefined, problem: { ...PROBLEM, remedy: undefined } },
    lease: undefined,
    notifiedAt: 0,
    settledAt: PLANNED_AT,
  },
  {
    files: [ODD_FILE, buildFile('a.csv')],
    state: { kind: 'committed', jobRunId: undefined, report: REPORT },
    lease: undefined,
    notifiedAt: undefined,
    settledAt: 0,
  },
];

function plannedFields({ files }: { readonly files: RunFields['files'] }): RunFields {
  return { files, state: { kind: 'planned' }, lease: undefined, notifiedAt: undefined, settledAt: undefined };
}
