import type { Decision } from '../ports/decision-log.port.ts';
import type { RunToCommit } from '../ports/warehouse.port.ts';
import { compareUtf8 } from '../rules/version.ts';
import { type JudgedRow, toDecidedRow } from './incoming-row.ts';
import type { StoredDecision } from './stored-rows.ts';

/** A decision as the in-memory warehouse keeps it. */
export interface KeptDecision extends Omit<Decision, 'undoneAt'> {
  readonly transactionId: string;
}

export function toKeptDecision(run: RunToCommit): (judged: JudgedRow) => KeptDecision {
  return (judged) => ({
    transactionId: judged.row.transaction_id,
    runId: run.runId,
    decidedAt: run.committedAt,
    verdict: judged.verdict as KeptDecision['verdict'],
    decidedBy: judged.decidedBy,
    row: toDecidedRow(judged),
    other: judged.other,
  });
}

export function toStoredDecision({ transactionId, runId, row, verdict, decidedBy }: KeptDecision): StoredDecision {
  return {
    run_id: runId,
    transaction_id: transactionId,
    source_key: row.sourceKey,
    source_line: row.sourceLine,
    verdict,
    decided_by: decidedBy,
  };
}

/** Oldest first; of one run by the place of the row. */
export function compareDecisions(a: KeptDecision, b: KeptDecision): number {
  return (
    a.decidedAt - b.decidedAt ||
    compareUtf8(a.runId, b.runId) ||
    compareUtf8(a.row.sourceKey, b.row.sourceKey) ||
    a.row.sourceLine - b.row.sourceLine
  );
}
