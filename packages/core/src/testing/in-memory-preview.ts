import type { PreviewedChange, PreviewedReject, PreviewedRun, RunToPreview } from '../ports/warehouse.port.ts';
import { CONTENT_COLUMNS } from '../rules/decide-upsert.ts';
import { applyCommit, type CommitRules, type StagedContent, type WarehouseContent } from './in-memory-commit.ts';

/** What a commit would make of the warehouse, told and thrown away. */
export function previewCommit(
  before: WarehouseContent,
  { policy, files: delivered, examples }: RunToPreview,
  staged: StagedContent,
  rules: CommitRules,
): PreviewedRun {
  const unnamed = { runId: '', startedAt: 0, committedAt: 0, policyHash: '', warnings: [] };
  const { after, files } = applyCommit(before, { ...unnamed, policy, files: delivered }, staged, rules);
  const firstOfFiles = <Row extends PreviewedReject | PreviewedChange>(rows: readonly Row[]) =>
    delivered.flatMap(({ key }) =>
      rows
        .filter((row) => row.key === key)
        .sort((a, b) => a.line - b.line)
        .slice(0, examples),
    );
  return {
    files,
    rejects: firstOfFiles(listRejects(before, after)),
    changes: firstOfFiles(listChanges(before, after)),
  };
}

function listRejects(before: WarehouseContent, after: WarehouseContent): readonly PreviewedReject[] {
  return after.rejects
    .slice(before.rejects.length)
    .map(({ source_key: key, source_line: line, faults }) => ({ key, line, codes: faults.map(({ code }) => code) }));
}

function listChanges(before: WarehouseContent, after: WarehouseContent): readonly PreviewedChange[] {
  return [...after.facts.values()].flatMap((fact) => {
    const stored = before.facts.get(fact.transaction_id);
    if (stored === undefined) return [];
    const columns = CONTENT_COLUMNS.filter((column) => stored[column] !== fact[column]).map((column) => ({
      column,
      before: String(stored[column]),
      after: String(fact[column]),
    }));
    const { source_key: key, source_line: line, transaction_id: transactionId } = fact;
    return columns.length === 0 ? [] : [{ key, line, transactionId, columns }];
  });
}
