import type { UndoToCommit } from '@weir/core';
import { lockWriters } from '../commit/lock-writers.ts';
import { DIALECTS, type Dialect } from '../dialect.ts';
import { failWhereAny } from '../fail-where-any.ts';
import { ParameterList } from '../parameter-list.ts';
import { type Statement, toStatement } from '../statement.ts';
import { FACT_TABLE, SOURCE_FIELDS, TRANSACTION_FIELDS } from '../tables/fact-table.ts';
import { FILE_TABLE, REJECT_TABLE, RUN_TABLE } from '../tables/ingest-tables.ts';
import { stageUndoSteps } from './select-undo-steps.ts';

const { name: FACTS } = FACT_TABLE;
const { name: FILES } = FILE_TABLE;
const { name: REJECTS } = REJECT_TABLE;
const { name: RUNS } = RUN_TABLE;
const CONTENT = TRANSACTION_FIELDS.map(({ name }) => name).filter((name) => name !== 'transaction_id');

/** What of an undo the statements need to know; its sources are in `stage_undo_source`. */
export type UndoToRecord = Omit<UndoToCommit, 'sources'>;

/**
 * The statements between BEGIN and COMMIT; the lock is the first one. `stage_row` and `stage_undo_source` are filled by the
 * time of the second one.
 */
export function planUndo(undo: UndoToRecord, dialect: Dialect): readonly Statement[] {
  return [
    lockWriters(),
    checkCanBeUndone(undo, dialect),
    stageUndoSteps(undo.runId, undo.policy, dialect),
    ...DIALECTS[dialect]
      .analyze('stage_undo', ['transaction_id', 'action'])
      .map((text) => toStatement('analyze-stage-undo', text)),
    checkRowsAreBest(dialect),
    checkDeletes(undo, dialect),
    restoreFacts(undo, dialect),
    deleteFacts(undo, dialect),
    checkFactsLeft(undo, dialect),
    reopenRejects(undo, dialect),
    markFiles(undo, dialect),
    markRun(undo, dialect),
    removeRejects(),
  ];
}

function checkCanBeUndone({ runId }: UndoToRecord, dialect: Dialect): Statement {
  const values = new ParameterList('check-run-can-be-undone', dialect);
  return values.toStatement(`${failWhereAny('run_can_be_undone')}
FROM (SELECT COUNT(*) AS runs FROM ${RUNS} WHERE run_id = ${values.text(runId)} AND status IN ('succeeded', 'succeeded-with-rejects')) found
WHERE found.runs = 0`);
}

/** Ends the transaction where a staged row is not the one that is to come back by now. */
function checkRowsAreBest(dialect: Dialect): Statement {
  const { exactText } = DIALECTS[dialect];
  return toStatement(
    'check-rows-are-best',
    `${failWhereAny('undo_is_current')}
FROM stage_row r
JOIN stage_undo_source f ON f.file_no = r.file_no
LEFT JOIN stage_undo u ON u.transaction_id = r.transaction_id AND u.action = 'restore' AND u.run_id = f.run_id
  AND ${exactText('u.source_key')} = ${exactText('f.source_key')} AND u.source_line = r.source_line
WHERE u.transaction_id IS NULL`,
  );
}

function checkDeletes({ deleted }: UndoToRecord, dialect: Dialect): Statement {
  const values = new ParameterList('check-deletes', dialect);
  return values.toStatement(`${failWhereAny('undo_is_current')}
FROM (SELECT COUNT(*) AS deletes FROM stage_undo WHERE action = 'delete') planned
WHERE planned.deletes <> ${values.integer(deleted)}`);
}

function restoreFacts({ runId, undoneAt }: UndoToRecord, dialect: Dialect): Statement {
  const values = new ParameterList('restore-facts', dialect);
  const source = SOURCE_FIELDS.map(({ name }) => name);
  const assignments = [...CONTENT.map((name) => `${name} = r.${name}`), ...source.map((name) => `${name} = u.${name}`)];
  return values.toStatement(`UPDATE ${FACTS}
SET ${assignments.join(', ')}, run_id = u.run_id, updated_at = ${values.timestamp(undoneAt)}
FROM stage_row r
JOIN stage_undo_source f ON f.file_no = r.file_no
JOIN stage_undo u ON u.transaction_id = r.transaction_id
WHERE r.transaction_id = ${FACTS}.transaction_id AND ${FACTS}.run_id = ${values.text(runId)}`);
}

function deleteFacts({ runId }: UndoToRecord, dialect: Dialect): Statement {
  const values = new ParameterList('delete-facts', dialect);
  return values.toStatement(`DELETE FROM ${FACTS}
WHERE run_id = ${values.text(runId)} AND transaction_id IN (SELECT transaction_id FROM stage_undo WHERE action = 'delete')`);
}

/** Ends the transaction where not as many facts are left to the run as were neither put back nor removed. */
function checkFactsLeft({ runId, deleted, restored }: UndoToRecord, dialect: Dialect): Statement {
  const values = new ParameterList('check-facts-left', dialect);
  return values.toStatement(`${failWhereAny('books_close')}
FROM (SELECT COUNT(*) AS steps FROM stage_undo) planned
CROSS JOIN (SELECT COUNT(*) AS facts FROM ${FACTS} WHERE run_id = ${values.text(runId)}) standing
WHERE standing.facts <> planned.steps - ${values.integer(deleted)} - ${values.integer(restored)}`);
}

/** Those that the run resolved, where it replayed rejects: it was the last that met them. */
function reopenRejects({ runId }: UndoToRecord, dialect: Dialect): Statement {
  const { exactText } = DIALECTS[dialect];
  const values = new ParameterList('reopen-rejects', dialect);
  return values.toStatement(`UPDATE ${REJECTS}
SET state = 'open'
FROM ${FILES} f
JOIN ${RUNS} r ON r.run_id = f.run_id
WHERE f.run_id = ${values.text(runId)} AND f.status = 'replayed' AND ${REJECTS}.state = 'resolved' AND ${REJECTS}.last_seen = r.finished_at
  AND ${exactText(`${REJECTS}.source_key`)} = ${exactText('f.source_key')} AND ${REJECTS}.content_hash = f.content_hash`);
}

/** What was refused stays so: nothing of it was loaded. */
function markFiles({ runId }: UndoToRecord, dialect: Dialect): Statement {
  const values = new ParameterList('mark-files-undone', dialect);
  return values.toStatement(`UPDATE ${FILES} SET status = 'undone'
WHERE run_id = ${values.text(runId)} AND status IN ('loaded', 'empty', 'replayed')`);
}

function markRun({ runId, undoneAt }: UndoToRecord, dialect: Dialect): Statement {
  const values = new ParameterList('mark-run-undone', dialect);
  return values.toStatement(`UPDATE ${RUNS} SET status = 'undone', undone_at = ${values.timestamp(undoneAt)}
WHERE run_id = ${values.text(runId)}`);
}

/** As though their deliveries had never come; those that a replay resolved belong to its run. */
function removeRejects(): Statement {
  return toStatement(
    'remove-rejects',
    `DELETE FROM ${REJECTS}
WHERE state <> 'resolved' AND run_id IN (SELECT run_id FROM ${RUNS} WHERE status = 'undone')`,
  );
}
