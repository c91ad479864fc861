import { PortError } from '../ports/port-error.ts';
import type { RunRecord } from '../ports/run-history.port.ts';
import type { UndoToCommit } from '../ports/run-undo.port.ts';
import type { StagedRow } from './build-staged-row.ts';
import type { WarehouseContent } from './in-memory-commit.ts';
import { findFile, listUndoSteps } from './in-memory-undo-steps.ts';
import { toFact } from './incoming-row.ts';
import type { StoredReject } from './stored-rows.ts';

/**
 * The warehouse after an undo.
 *
 * @throws PortError `warehouse.not-undoable`, `warehouse.undo-outdated`, `warehouse.books-open`
 */
export function applyUndo(
  before: WarehouseContent,
  undo: UndoToCommit,
  staged: readonly StagedRow[],
): WarehouseContent {
  const { runId, undoneAt, policy, deleted, restored } = undo;
  const run = before.runs.find((entry) => entry.runId === runId);
  if (run === undefined || run.status === 'failed' || run.status === 'undone') throw notUndoable(runId);
  const steps = new Map(listUndoSteps(before, runId, policy).map((step) => [step.transactionId, step]));
  const facts = new Map(before.facts);
  const sources = new Map(undo.sources.map((source) => [source.fileNo, source]));
  const rows = staged.filter((row) => sources.has(row.file_no));
  for (const row of rows) {
    const step = steps.get(row.transaction_id);
    const { runId: from, key } = sources.get(row.file_no)!;
    const isBest = step?.kind === 'restore' && step.source.runId === from && step.source.key === key;
    if (!isBest || step.line !== row.source_line) throw outdated(runId);
    facts.set(row.transaction_id, toFact(row, findFile(before, from, key)!, from));
  }
  const deletes = [...steps.values()].filter(({ kind }) => kind === 'delete');
  if (deletes.length !== deleted) throw outdated(runId);
  for (const { transactionId } of deletes) facts.delete(transactionId);
  const left = [...facts.values()].filter((fact) => fact.run_id === runId).length;
  if (left !== steps.size - deleted - restored) throw booksOpen(runId);
  const runs = before.runs.map((entry) => (entry === run ? toUndone(run, undoneAt) : entry));
  return { ...before, facts, runs, rejects: putRejectsBack(before, runs, run) };
}

function toUndone(run: RunRecord, undoneAt: number): RunRecord {
  const files = run.files.map((file) => (file.status === 'refused' ? file : { ...file, status: 'undone' as const }));
  return { ...run, status: 'undone', undoneAt, files };
}

function putRejectsBack(
  { rejects }: WarehouseContent,
  runs: readonly RunRecord[],
  run: RunRecord,
): readonly StoredReject[] {
  const undone = new Set(runs.filter(({ status }) => status === 'undone').map(({ runId }) => runId));
  const replayed = (reject: StoredReject) =>
    run.files.some(
      ({ key, contentHash, status }) =>
        status === 'replayed' && key === reject.source_key && contentHash === reject.content_hash,
    );
  return rejects
    .map((reject) =>
      reject.state === 'resolved' && reject.last_seen === run.finishedAt && replayed(reject)
        ? { ...reject, state: 'open' as const }
        : reject,
    )
    .filter((reject) => reject.state === 'resolved' || !undone.has(reject.run_id));
}

function notUndoable(runId: string): PortError {
  return new PortError({
    code: 'warehouse.not-undoable',
    message: `There is no committed run ${runId}, or it is undone already; nothing was changed.`,
    context: { runId },
  });
}

function outdated(runId: string): PortError {
  return new PortError({
    code: 'warehouse.undo-outdated',
    message: `Another run was committed or undone since it was looked at what the undo of ${runId} is to do; nothing was changed.`,
    remedy: 'Undo again.',
    retryable: true,
    context: { runId },
  });
}

function booksOpen(runId: string): PortError {
  return new PortError({
    code: 'warehouse.books-open',
    message: `The books of the undo of ${runId} do not close, so nothing was changed.`,
    context: { runId },
  });
}
