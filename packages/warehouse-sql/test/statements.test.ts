import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '@weir/core';
import {
  checkDimensionKeys,
  countAllOpenRejects,
  countPart,
  countRejects,
  createSchemaTable,
  createSharedRows,
  createTemporaryTable,
  type Dialect,
  decidePart,
  dismissRejects,
  listMigrations,
  lockAddresses,
  lockSharedStage,
  nameSharedStage,
  planCommit,
  planPreview,
  planUndo,
  prepareDecisions,
  type RunToRecord,
  recordFailedRun,
  recordMigration,
  recordMigrationAfter,
  STAGE_TABLES,
  type Statement,
  selectChanges,
  selectCommittedHashes,
  selectCountMismatches,
  selectDays,
  selectDecisions,
  selectDimension,
  selectFact,
  selectFacts,
  selectFiles,
  selectFilesOfRun,
  selectFileTotals,
  selectMissingRights,
  selectNow,
  selectPartBounds,
  selectRejects,
  selectRun,
  selectRuns,
  selectRunTotals,
  selectSchemaVersion,
  selectSharedStages,
  selectTotals,
  selectUndoSteps,
  showAs,
  stageDimensionTable,
  takeDecisions,
  tryLockSharedStage,
  unlockSharedStage,
  upsertDimension,
} from '../src/index.ts';

const DIALECTS: readonly Dialect[] = ['postgres', 'redshift'];

const RUN: RunToRecord = {
  runId: 'run-1',
  startedAt: Date.UTC(2023, 2, 16, 1),
  committedAt: Date.UTC(2023, 2, 16, 1, 5),
  policy: parsePolicy({
    decisions: 'all',
    statuses: ['Open', "Won't \\ pay", 'Refunded'],
    terminalStatuses: ["won't \\ PAY", 'refunded'],
  }),
  policyHash: 'sha256:p',
  warnings: ['a "warning"'],
};

const RANGE = { fromDay: '2023-03-01', toDay: '2023-03-31' };
const FILE_PLACE = { sourceDay: '2023-03-15', key: 'a.csv', runId: 'run-1' };

const REJECTS = {
  state: 'open',
  codes: ['product-unknown', 'customer-unknown'],
  file: "it's \u00e9.csv",
  line: 7,
  runId: "run-1's",
  ...RANGE,
  seenBefore: 1,
} as const;

const FAILED = { runId: 'run-1', startedAt: 0, failedAt: 1, policyHash: 'sha256:p', error: '' };

describe.each(DIALECTS)('statements for %s', (dialect) => {
  test('create the tables', () => {
    expect(
      listMigrations(dialect)
        .flatMap(({ statements }) => statements)
        .join(';\n\n'),
    ).toMatchSnapshot();
    expect(STAGE_TABLES.map((table) => createTemporaryTable(table, dialect).text).join(';\n\n')).toMatchSnapshot();
  });

  test('commit a run', () => {
    expect(show(commit(RUN, dialect))).toMatchSnapshot();
  });

  test('commit a run under the default policy', () => {
    const statements = commit({ ...RUN, policy: parsePolicy() }, dialect);
    expect(show(statements.filter(({ name }) => /decide-rows|decisions|duplicates/.test(name)))).toMatchSnapshot();
  });

  test('preview a run', () => {
    expect(show(previewed(dialect))).toMatchSnapshot();
  });

  test('of a preview write to nothing but temporary tables', () => {
    for (const { text } of previewed(dialect)) {
      expect(text).toMatch(/^(SELECT|CREATE TEMPORARY TABLE|UPDATE stage_file|ANALYZE stage_|SET LOCAL) ?/);
      expect(text).not.toMatch(/ingest_lock/);
    }
  });

  test('read and record', () => {
    expect(show(others(dialect))).toMatchSnapshot();
  });

  test('tell one transaction', () => {
    expect(show([selectFact("T-'1", dialect), selectDecisions("T-'1", dialect)])).toMatchSnapshot();
  });

  test('record the phases of a run, as far as they were measured', () => {
    const { record } = planCommit({ ...RUN, phases: { listing: 5, reading: 0 } }, dialect);
    expect(show(record.filter(({ name }) => name === 'record-run'))).toMatchSnapshot();
  });

  test('commit a replay, which settles rejects before it records new ones', () => {
    const { record } = planCommit(RUN, dialect, true);
    const [names, plain] = [record, planCommit(RUN, dialect).record].map((plan) => plan.map(({ name }) => name));
    const settling = names!.filter((name) => !plain!.includes(name));
    expect(settling).toEqual(['check-open-rejects', 'resolve-rejects', 'renew-faults']);
    expect(names!.indexOf('update-rejects')).toBe(names!.indexOf('renew-faults') + 1);
    expect(show(record.filter(({ name }) => settling.includes(name)))).toMatchSnapshot();
  });

  test('find, count and dismiss rejects', () => {
    expect(show(rejects(dialect))).toMatchSnapshot();
  });

  test.each([0, -1, 1.5, Number.POSITIVE_INFINITY])('refuse %p as the limit of a page', (limit) => {
    expect(() => selectRejects({ limit }, dialect)).toThrow(new RangeError(`${limit} is no limit of a page.`));
  });

  test('undo a run', () => {
    expect(show(undo(dialect))).toMatchSnapshot();
  });

  test('lock before anything else', () => {
    for (const [first] of [planCommit(RUN, dialect).prepare, undo(dialect).slice(1)])
      expect(first!.text).toBe('LOCK TABLE ingest_lock');
  });

  test('have one name each and name their parameters after it, so that a batch can share them', () => {
    const statements = commit(RUN, dialect);
    const names = statements.flatMap(({ parameters }) => parameters.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    for (const { name, parameters } of statements) {
      for (const parameter of parameters) expect(parameter.name.startsWith(name.replaceAll('-', '_'))).toBe(true);
    }
  });

  test('refer to every parameter that they have, and to no other', () => {
    for (const { text, parameters } of all(dialect)) {
      const used = dialect === 'postgres' ? (text.match(/\$\d+/g) ?? []) : (text.match(/(?<!:):[a-z_]+\d+/g) ?? []);
      const given = parameters.map(({ name }, i) => (dialect === 'postgres' ? `$${i + 1}` : `:${name}`));
      expect([...new Set(used)].sort()).toEqual(given.sort());
    }
  });

  test('keep no decision where the policy wants none, and carry nothing for it', () => {
    const statements = commit({ ...RUN, policy: parsePolicy({ decisions: 'none' }) }, dialect);
    expect(show(statements)).not.toMatch(/ingest_decision|other_/);
  });

  test('do not compare terminal statuses where there are none', () => {
    const statements = commit({ ...RUN, policy: parsePolicy() }, dialect);
    expect(show(statements)).not.toMatch(/status IN \('Pending|'terminal'/);
  });
});

// What Postgres would take and Redshift would not: a test on Postgres cannot find these.
test.each(DIALECTS)('statements for %s hold nothing that Redshift refuses', (dialect) => {
  const text = all(dialect)
    .filter(({ name }) => dialect === 'redshift' || name !== 'merge-facts')
    .map((statement) => statement.text)
    .join(';\n');
  for (const forbidden of [
    /ON CONFLICT/i,
    /\bMERGE\b/i,
    /\bRETURNING\b/i,
    /\bTRUNCATE\b/i,
    /\bVACUUM\b/i,
    /\bNOW\(|CURRENT_TIMESTAMP|LOCALTIMESTAMP|CURRENT_DATE/i,
    /\bFROM\s*\(\s*VALUES/i,
    /(?<!-)\bWITH\b/i,
    /IS (NOT )?DISTINCT FROM/i,
    /\bARRAY\b|\bJSONB?\b|::|\bANY\s*\(/i,
    /\bFILTER\s*\(/i,
    /\bLATERAL\b|\bGENERATE_SERIES\b|\bSTRING_AGG\b/i,
    /\bBOOLEAN\b|\bSERIAL\b|\bUUID\b|\bBYTEA\b/i,
    /NULLS (FIRST|LAST)/i,
    /ON COMMIT/i,
  ]) {
    expect(forbidden.exec(text)?.[0]).toBeUndefined();
  }
});

test('statements for redshift hold no part of the Postgres dialect', () => {
  const text = all('redshift')
    .map((statement) => statement.text)
    .join(';\n');
  expect(text).not.toMatch(/COLLATE|CREATE INDEX|\bTEXT\b|SET LOCAL|ANALYZE|\$\d|TIMESTAMP\(|\bE'/);
});

test('statements for a stage that two sessions share', () => {
  const names = nameSharedStage('0badcafe');
  const part = { table: names.verdicts(2), from: `T'\\1`, below: 'T\\2' };
  const statements = [
    lockSharedStage('f00dfeed'),
    createSharedRows(names),
    showAs('stage_verdict', [names.verdicts(1), names.verdicts(2)]),
    lockAddresses(),
    selectPartBounds(names),
    decidePart(parsePolicy({ decisions: 'none' }), part),
    decidePart(parsePolicy(), { ...part, from: undefined }),
    decidePart(parsePolicy(), { ...part, below: undefined }),
    countPart(names.verdicts(2), names.counts(2)),
    selectChanges(),
    prepareDecisions(RUN, names.decisions),
    ...takeDecisions(RUN.policy, names.decisions),
    ...takeDecisions(parsePolicy({ decisions: 'none' }), names.decisions),
    selectSharedStages(),
    tryLockSharedStage('0badcafe'),
    unlockSharedStage('0badcafe'),
  ];
  expect(show(statements)).toMatchSnapshot();
});

test('a commit on redshift fits into one batch of the Data API', () => {
  const statements = commit(RUN, 'redshift');
  expect(statements.length).toBeLessThanOrEqual(40);
  for (const { text } of statements) expect(Buffer.byteLength(text)).toBeLessThan(100_000);
});

function commit(run: RunToRecord, dialect: Dialect): readonly Statement[] {
  const { prepare, decide, change, record } = planCommit(run, dialect);
  return [...prepare, ...decide, ...change, ...record];
}

/** Its decision is that of a commit; only what is kept of it for the ledger is left out. */
function previewed(dialect: Dialect): readonly Statement[] {
  return planPreview({ policy: RUN.policy, files: [], examples: 5 }, dialect);
}

function rejects(dialect: Dialect): readonly Statement[] {
  const place = { key: "a'b.csv", contentHash: 'sha256:a', line: 9 };
  return [
    selectRejects({ limit: 10 }, dialect),
    selectRejects({ ...REJECTS, after: place, limit: 10 }, dialect),
    countRejects({}, dialect),
    countRejects(REJECTS, dialect),
    dismissRejects({}, dialect),
    dismissRejects({ ...REJECTS, state: 'resolved' }, dialect),
  ];
}

function undo(dialect: Dialect): readonly Statement[] {
  const { policy } = RUN;
  const order = { runId: "run-'1", undoneAt: Date.UTC(2023, 2, 17), policy, deleted: 1, restored: 2 };
  return [selectUndoSteps("run-'1", policy, dialect), ...planUndo(order, dialect)];
}

function others(dialect: Dialect): readonly Statement[] {
  return [
    selectCountMismatches(),
    selectCommittedHashes(["a'b.csv", 'b.csv'], dialect),
    selectRuns({ limit: 10 }, dialect),
    selectRuns({ limit: 10, before: { startedAt: 1, runId: 'run-1' }, statuses: ['failed', 'succeeded'] }, dialect),
    selectFiles({ limit: 10 }, dialect),
    selectFiles({ ...RANGE, statuses: ['loaded'], after: FILE_PLACE, limit: 10 }, dialect),
    selectDays(RANGE, dialect),
    selectRun('run-1', dialect),
    selectFilesOfRun('run-1', dialect),
    selectRunTotals(),
    selectFileTotals(),
    countAllOpenRejects(),
    selectFacts(dialect),
    selectMissingRights(dialect),
    selectNow(dialect),
    selectTotals({ runId: 'run-1' }, dialect),
    selectTotals({}, dialect),
    recordFailedRun(FAILED, dialect),
    createSchemaTable(dialect),
    selectSchemaVersion(),
    recordMigration(1, 0, dialect),
    recordMigrationAfter(0, 1, 0, dialect),
    ...(['products', 'customers'] as const).flatMap((dimension) => [
      selectDimension(dimension),
      createTemporaryTable(stageDimensionTable(dimension, 1), dialect),
      ...checkDimensionKeys(dimension, 1, dialect),
      ...Object.values(upsertDimension(dimension, 1, dialect)),
    ]),
  ];
}

function all(dialect: Dialect): readonly Statement[] {
  const texts = listMigrations(dialect).flatMap(({ statements }) => statements);
  return [
    ...commit(RUN, dialect),
    ...planCommit(RUN, dialect, true).record,
    ...rejects(dialect),
    ...previewed(dialect),
    ...others(dialect),
    ...undo(dialect),
    selectFact('T-1', dialect),
    selectDecisions('T-1', dialect),
    ...STAGE_TABLES.map((table) => createTemporaryTable(table, dialect)),
    ...texts.map((text) => ({ name: 'create', text, parameters: [] })),
  ];
}

function show(statements: readonly Statement[]): string {
  return statements
    .map(({ name, text, parameters }) => {
      const values = parameters.map((parameter) => `\n-- ${parameter.name} = ${JSON.stringify(parameter.value)}`);
      return `-- ${name}${values.join('')}\n${text};`;
    })
    .join('\n\n');
}
