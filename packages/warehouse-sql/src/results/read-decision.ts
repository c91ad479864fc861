import type { Decision } from '@weir/core';
import { parseTimestamp } from '../format-timestamp.ts';
import type { TextRow } from './text-row.ts';

/** The rows of `selectDecisions`, in the order of the port. */
export function readDecisions(rows: readonly TextRow[]): readonly Decision[] {
  return rows.map(readDecision).reverse();
}

function readDecision(row: TextRow): Decision {
  return {
    runId: row.run_id!,
    decidedAt: parseTimestamp(row.decided_at!),
    undoneAt: row.undone_at == null ? undefined : parseTimestamp(row.undone_at),
    verdict: row.verdict as Decision['verdict'],
    decidedBy: (row.decided_by ?? undefined) as Decision['decidedBy'],
    row: {
      sourceKey: row.source_key!,
      sourceLine: Number(row.source_line),
      sourceDay: row.source_day!,
      sourceModified: parseTimestamp(row.source_modified!),
      transactionDate: row.transaction_date!,
      status: row.status!,
      statusRank: Number(row.status_rank),
    },
    other: row.other_source_key === null ? undefined : readOther(row),
  };
}

function readOther(row: TextRow): NonNullable<Decision['other']> {
  const { other_source_modified: modified } = row;
  return {
    runId: row.other_run_id ?? undefined,
    sourceKey: row.other_source_key!,
    sourceLine: Number(row.other_source_line),
    sourceDay: row.other_source_day ?? undefined,
    sourceModified: modified === null ? undefined : parseTimestamp(modified!),
    transactionDate: row.other_transaction_date!,
    status: row.other_status!,
    statusRank: Number(row.other_status_rank),
  };
}
