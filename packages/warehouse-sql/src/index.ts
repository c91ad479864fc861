/** The upsert rule and everything around it, written as SQL that Postgres and Redshift run. */

export { checkCounts, selectCountMismatches } from './commit/check-counts.ts';
export { type CommitPlan, planCommit } from './commit/commit-plan.ts';
export { countPart, selectChanges } from './commit/count-verdicts.ts';
export { decidePart, type VerdictPart } from './commit/decide-rows.ts';
export { encodeStagedFiles } from './commit/encode-staged-files.ts';
export { lockAddresses, lockWriters } from './commit/lock-writers.ts';
export { prepareDecisions, takeDecisions } from './commit/record-decisions.ts';
export { recordFailedRun } from './commit/record-run.ts';
export type { RunToRecord } from './commit/run-to-record.ts';
export { hasReplays } from './commit/settle-rejects.ts';
export {
  createSharedRows,
  lockSharedStage,
  nameSharedStage,
  type SharedStageNames,
  selectPartBounds,
  selectSharedStages,
  showAs,
  tryLockSharedStage,
  unlockSharedStage,
} from './commit/shared-stage.ts';
export type { Dialect } from './dialect.ts';
export { checkDimensionKeys, selectDimension, stageDimensionTable, upsertDimension } from './dimensions.ts';
export { formatTimestamp, parseTimestamp } from './format-timestamp.ts';
export {
  createSchemaTable,
  listMigrations,
  type Migration,
  recordMigration,
  recordMigrationAfter,
  SCHEMA_VERSION,
  selectSchemaVersion,
} from './migrations.ts';
export { planPreview } from './preview/plan-preview.ts';
export { selectCommittedHashes } from './queries/select-committed-hashes.ts';
export { selectDecisions } from './queries/select-decisions.ts';
export { selectFact, selectFacts } from './queries/select-facts.ts';
export { selectDays, selectFiles } from './queries/select-files.ts';
export { countAllOpenRejects, selectFileTotals, selectRunTotals } from './queries/select-history-totals.ts';
export { selectMissingRights, selectNow } from './queries/select-readiness.ts';
export { countRejects, dismissRejects, selectRejects } from './queries/select-rejects.ts';
export { selectFilesOfRun, selectRun, selectRuns } from './queries/select-runs.ts';
export { selectTotals } from './queries/select-totals.ts';
export { quoteLiteral } from './quote-literal.ts';
export type { Ask, ReaderOptions } from './readers/ask.ts';
export { findCommittedHashes } from './readers/find-committed-hashes.ts';
export { readFacts, readUndoSteps } from './readers/read-staged.ts';
export { SqlDecisionLog } from './readers/sql-decision-log.ts';
export { SqlDeliveryLog } from './readers/sql-delivery-log.ts';
export { SqlFactReader } from './readers/sql-fact-reader.ts';
export { SqlReadiness } from './readers/sql-readiness.ts';
export { SqlRejectStore } from './readers/sql-reject-store.ts';
export { SqlRunHistory } from './readers/sql-run-history.ts';
export { untilItHolds } from './readers/until-it-holds.ts';
export { CHECK_FAULTS } from './results/check-faults.ts';
export { readFact } from './results/read-fact.ts';
export { requireCounts } from './results/require-counts.ts';
export { requireSchemaNotNewer, requireSchemaVersion, type SchemaSetting } from './results/schema-fault.ts';
export type { TextRow } from './results/text-row.ts';
export { toCommittedRun } from './results/to-committed-run.ts';
export { toPreviewedRun } from './results/to-previewed-run.ts';
export type { Parameter, SqlValue, Statement } from './statement.ts';
export { clipText } from './storable-text.ts';
export { DIMENSION_TABLES } from './tables/dimension-tables.ts';
export { FACT_TABLE } from './tables/fact-table.ts';
export {
  BOOK_COLUMNS,
  DECISION_TABLE,
  FILE_TABLE,
  LOCK_TABLE,
  REJECT_TABLE,
  RUN_TABLE,
} from './tables/ingest-tables.ts';
export { SCHEMA_TABLE } from './tables/schema-table.ts';
export {
  STAGE_CHECK_TABLE,
  STAGE_FILE_TABLE,
  STAGE_REJECT_TABLE,
  STAGE_ROW_TABLE,
  STAGE_TABLES,
  STAGE_UNDO_SOURCE_TABLE,
  UNDO_TABLES,
} from './tables/stage-tables.ts';
export { columnNames, createTable, createTemporaryTable, type TableDefinition } from './tables/table-definition.ts';
export { encodeUndoSources } from './undo/encode-undo-sources.ts';
export { planUndo, type UndoToRecord } from './undo/plan-undo.ts';
export { readUndoStep } from './undo/read-undo-step.ts';
export { selectUndoSteps, UNDO_STEP_COLUMNS } from './undo/select-undo-steps.ts';
export { planUser, type UserToSetUp } from './users/plan-user.ts';
export { selectUser } from './users/select-user.ts';
