import { type Policy, parsePolicy } from '@weir/core';
import {
  checkDimensionKeys,
  countAllOpenRejects,
  countRejects,
  createSchemaTable,
  createTemporaryTable,
  dismissRejects,
  listMigrations,
  lockWriters,
  planCommit,
  planPreview,
  planUndo,
  planUser,
  recordFailedRun,
  recordMigration,
  recordMigrationAfter,
  STAGE_TABLES,
  STAGE_UNDO_SOURCE_TABLE,
  type Statement,
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
  selectRejects,
  selectRun,
  selectRuns,
  selectRunTotals,
  selectSchemaVersion,
  selectTotals,
  selectUndoSteps,
  selectUser,
  stageDimensionTable,
  upsertDimension,
} from '../../src/index.ts';

const REJECTS = {
  state: 'open',
  codes: ['product-unknown', 'customer-unknown'],
  file: "it's.csv",
  line: 7,
  runId: "run-1's",
  fromDay: '2023-03-01',
  toDay: '2023-03-31',
  seenBefore: 1,
} as const;

const RANGE = { fromDay: '2023-03-01', toDay: '2023-03-31' };
const FILE_PLACE = { sourceDay: '2023-03-15', key: "it's.csv", runId: 'run-1' };

/** Every statement of this package for Redshift, under one policy. */
export function listRedshiftStatements(policy: Policy = parsePolicy()): readonly Statement[] {
  const run = { runId: "run-1's", startedAt: 0, committedAt: 1, policy, policyHash: 'sha256:p', warnings: ['\\'] };
  const failed = { runId: 'run-1', startedAt: 0, failedAt: 1, policyHash: 'sha256:p', error: '' };
  const { prepare, decide, change, record } = planCommit(run, 'redshift', true);
  return [
    ...prepare,
    ...decide,
    ...change,
    ...record,
    ...planPreview({ policy, files: [], examples: 5 }, 'redshift'),
    lockWriters(),
    selectCountMismatches(),
    selectCommittedHashes(["a'b.csv", 'b\\.csv'], 'redshift'),
    selectRuns({ limit: 10 }, 'redshift'),
    selectRuns(
      { limit: 10, before: { startedAt: 1, runId: "run-1's" }, statuses: ['failed', 'succeeded'] },
      'redshift',
    ),
    selectFiles({ limit: 10 }, 'redshift'),
    selectFiles({ ...RANGE, statuses: ['loaded', 'empty'], after: FILE_PLACE, limit: 10 }, 'redshift'),
    selectDays(RANGE, 'redshift'),
    selectRun('run-1', 'redshift'),
    selectFilesOfRun('run-1', 'redshift'),
    selectRunTotals(),
    selectFileTotals(),
    countAllOpenRejects(),
    selectFacts('redshift'),
    selectMissingRights('redshift'),
    selectNow('redshift'),
    selectUser('weir_app'),
    ...[true, false].flatMap((isNew) =>
      planUser({ name: 'weir_app', passwordHash: `md5${'0'.repeat(32)}`, database: 'weir', isNew }),
    ),
    selectTotals({}, 'redshift'),
    selectTotals({ runId: "run-1's" }, 'redshift'),
    selectFact("T-'1", 'redshift'),
    selectDecisions("T-'1", 'redshift'),
    selectUndoSteps("run-'1", policy, 'redshift'),
    ...planUndo({ runId: "run-'1", undoneAt: 1, policy, deleted: 1, restored: 2 }, 'redshift'),
    createTemporaryTable(STAGE_UNDO_SOURCE_TABLE, 'redshift'),
    selectRejects({ limit: 1000 }, 'redshift'),
    selectRejects({ ...REJECTS, after: { key: 'a.csv', contentHash: 'sha256:a', line: 2 }, limit: 10 }, 'redshift'),
    countRejects({}, 'redshift'),
    countRejects(REJECTS, 'redshift'),
    dismissRejects(REJECTS, 'redshift'),
    recordFailedRun(failed, 'redshift'),
    createSchemaTable('redshift'),
    selectSchemaVersion(),
    recordMigration(1, 0, 'redshift'),
    recordMigrationAfter(0, 1, 0, 'redshift'),
    ...(['products', 'customers'] as const).flatMap((dimension) => [
      selectDimension(dimension),
      createTemporaryTable(stageDimensionTable(dimension, 1), 'redshift'),
      ...checkDimensionKeys(dimension, 1, 'redshift'),
      ...Object.values(upsertDimension(dimension, 1, 'redshift')),
    ]),
    ...plain(listMigrations('redshift').flatMap(({ statements }) => statements)),
    ...STAGE_TABLES.map((table) => createTemporaryTable(table, 'redshift')),
  ];
}

function plain(texts: readonly string[]): readonly Statement[] {
  return texts.map((text) => ({ name: 'create', text, parameters: [] }));
}
