import type { Policy } from '../policy/policy.ts';
import type { DecidedRow } from '../ports/decision-log.port.ts';
import type { Fact } from '../ports/fact-reader.port.ts';
import { PortError } from '../ports/port-error.ts';
import type { FileRecord, RunRecord } from '../ports/run-history.port.ts';
import type { UndoStep, UndoToCommit } from '../ports/run-undo.port.ts';
import { compareUtf8, compareVersions, type Version } from '../rules/version.ts';
import { versionOf } from '../rules/version-of.ts';
import type { StagedRow } from './build-staged-row.ts';
import type { WarehouseContent } from './in-memory-commit.ts';
import type { KeptDecision } from './in-memory-decisions.ts';
import type { StoredReject } from './stored-rows.ts';
import { toTwoPlaces } from './to-two-places.ts';

/** The steps of an undo, in the order of the port. */
export function listUndoSteps(content: WarehouseContent, runId: string, policy: Policy): readonly UndoStep[] {
  const standing = [...content.facts.values()].filter((fact) => fact.run_id === runId);
  return standing.map((fact) => toStep(content, fact, runId, policy)).sort(compareSteps);
}

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
    facts.set(row.transaction_id, toRestored(row, findFile(before, from, key)!, from));
  }
  const deletes = [...steps.values()].filter(({ kind }) => kind === 'delete');
  if (deletes.length !== deleted) throw outdated(runId);
  for (const { transactionId } of deletes) facts.delete(transactionId);
  const left = [...facts.values()].filter((fact) => fact.run_id === runId).length;
  if (left !== steps.size - deleted - restored) throw booksOpen(runId);
  const runs = before.runs.map((entry) => (entry === run ? toUndone(run, undoneAt) : entry));
  return { ...before, facts, runs, rejects: putRejectsBack(before, runs, run) };
}

interface KnownRow extends DecidedRow {
  readonly runId: string;
}

function toStep(content: WarehouseContent, fact: Fact, runId: string, policy: Policy): UndoStep {
  const transactionId = fact.transaction_id;
  const decisions = content.decisions.filter((decision) => decision.transactionId === transactionId);
  const known = decisions.flatMap(toKnownRows);
  if (isDoubtful(content, fact, runId, decisions, known)) return { kind: 'doubtful', transactionId };
  const [best] = known
    .filter((row) => row.runId !== runId && findRun(content, row.runId)?.status !== 'undone')
    .map((row) => ({ row, run: findRun(content, row.runId)!, file: findFile(content, row.runId, row.sourceKey)! }))
    .sort(
      (a, b) =>
        compareVersions(toVersion(b.row, b.file, policy), toVersion(a.row, a.file, policy)).order ||
        a.run.finishedAt - b.run.finishedAt ||
        compareUtf8(a.row.runId, b.row.runId),
    );
  if (best === undefined) return { kind: 'delete', transactionId };
  const { row, file } = best;
  const source = { runId: row.runId, key: row.sourceKey, contentHash: file.contentHash };
  return { kind: 'restore', transactionId, source, line: row.sourceLine };
}

function toKnownRows({ runId, row, other }: KeptDecision): readonly KnownRow[] {
  return other === undefined
    ? [{ ...row, runId }]
    : [
        { ...row, runId },
        { ...other, runId: other.runId ?? runId },
      ];
}

/** See `doubtfulIds` and `silentRuns` of the SQL: a better row may exist than those that are known. */
function isDoubtful(
  { runs, decisions: all, insertedBy }: WarehouseContent,
  fact: Fact,
  runId: string,
  decisions: readonly KeptDecision[],
  known: readonly KnownRow[],
): boolean {
  const isUndone = (id: string) => runs.some((run) => run.runId === id && run.status === 'undone');
  const since = Math.min(
    ...runs.filter((run) => run.runId === runId || isUndone(run.runId)).map((run) => run.startedAt),
  );
  const others = runs.filter((run) => run.status !== 'failed' && run.status !== 'undone' && run.runId !== runId);
  const isSilent = ({ runId: id, totals, finishedAt }: RunRecord) =>
    totals.updated + totals.stale + totals.duplicate > 0 &&
    finishedAt >= since &&
    !all.some((decision) => decision.runId === id);
  const suspects = [runId, ...known.map((row) => row.runId).filter(isUndone)];
  const hasOwn = (id: string) =>
    decisions.some((decision) => decision.runId === id && decision.verdict !== 'duplicate');
  const bornAt = runs.find((run) => run.runId === insertedBy.get(fact.transaction_id))!.finishedAt;
  const isOver = (id: string) => (runs.find((run) => run.runId === id)?.undoneAt ?? bornAt + 1) <= bornAt;
  const isSameVersion = (run: RunRecord) =>
    run.files.some(
      ({ key, sourceModified, status, books }) =>
        key === fact.source_key &&
        sourceModified === fact.source_modified &&
        status === 'loaded' &&
        books.unchanged > 0,
    ) && !decisions.some((decision) => decision.runId === run.runId);
  return (
    others.some((run) => isSilent(run) || isSameVersion(run)) ||
    suspects.some((id) => !hasOwn(id) && insertedBy.get(fact.transaction_id) !== id && !isOver(id))
  );
}

function toVersion(row: KnownRow, { sourceDay, sourceModified }: FileRecord, policy: Policy): Version {
  const { status, transactionDate, statusRank, sourceLine, sourceKey } = row;
  const ofRow = { status, transaction_date: transactionDate, status_rank: statusRank };
  const ofSource = {
    source_day: sourceDay,
    source_modified: sourceModified,
    source_line: sourceLine,
    source_key: sourceKey,
  };
  return versionOf({ ...ofRow, ...ofSource }, policy);
}

function findRun({ runs }: WarehouseContent, runId: string): RunRecord | undefined {
  return runs.find((run) => run.runId === runId);
}

function findFile(content: WarehouseContent, runId: string, key: string): FileRecord | undefined {
  return findRun(content, runId)?.files.find((file) => file.key === key);
}

function compareSteps(a: UndoStep, b: UndoStep): number {
  if (a.kind !== 'restore' || b.kind !== 'restore') return compareUtf8(a.kind, b.kind);
  return compareUtf8(a.source.runId, b.source.runId) || compareUtf8(a.source.key, b.source.key) || a.line - b.line;
}

function toRestored(
  { file_no: _, ...row }: StagedRow,
  { key, sourceDay, sourceModified }: FileRecord,
  runId: string,
): Fact {
  return {
    ...row,
    price: toTwoPlaces(row.price),
    total_amount: toTwoPlaces(row.total_amount),
    list_price: toTwoPlaces(row.list_price),
    source_key: key,
    source_day: sourceDay,
    source_modified: sourceModified,
    run_id: runId,
  };
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
