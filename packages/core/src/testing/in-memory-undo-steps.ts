import type { Policy } from '../policy/policy.ts';
import type { DecidedRow } from '../ports/decision-log.port.ts';
import type { Fact } from '../ports/fact-reader.port.ts';
import type { FileRecord, RunRecord } from '../ports/run-history.port.ts';
import type { UndoStep } from '../ports/run-undo.port.ts';
import { compareUtf8, compareVersions, type Version } from '../rules/version.ts';
import { versionOf } from '../rules/version-of.ts';
import type { WarehouseContent } from './in-memory-commit.ts';
import type { KeptDecision } from './in-memory-decisions.ts';

/** The steps of an undo, in the order of the port. */
export function listUndoSteps(content: WarehouseContent, runId: string, policy: Policy): readonly UndoStep[] {
  const standing = [...content.facts.values()].filter((fact) => fact.run_id === runId);
  return standing.map((fact) => toStep(content, fact, runId, policy)).sort(compareSteps);
}

/** The entry of a file in a run; undefined where there is none. */
export function findFile(content: WarehouseContent, runId: string, key: string): FileRecord | undefined {
  return findRun(content, runId)?.files.find((file) => file.key === key);
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

function compareSteps(a: UndoStep, b: UndoStep): number {
  if (a.kind !== 'restore' || b.kind !== 'restore') return compareUtf8(a.kind, b.kind);
  return compareUtf8(a.source.runId, b.source.runId) || compareUtf8(a.source.key, b.source.key) || a.line - b.line;
}

function findRun({ runs }: WarehouseContent, runId: string): RunRecord | undefined {
  return runs.find((run) => run.runId === runId);
}
