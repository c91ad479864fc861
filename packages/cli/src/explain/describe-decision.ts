import type { Decision, VersionField } from '@weir/core';
import { printable } from '@weir/core/text';
import { formatTime } from '../output/format-amount.ts';

/** Why a row won or lost, in words: `won by transaction_date, 2023-03-16 > 2023-03-15, over day.csv:7 of run-1`. */
export function describeDecision(decision: Decision): string {
  const { undoneAt } = decision;
  const undone = undoneAt === undefined ? '' : `; its run was undone on ${formatTime(undoneAt)}`;
  return `${describeReason(decision)}${undone}`;
}

function describeReason(decision: Decision): string {
  const { verdict, decidedBy, other } = decision;
  if (other === undefined)
    return verdict === 'inserted' ? 'the first row of this transaction' : 'no other row is known';
  const place = placeOf(other.sourceKey.slice(other.sourceKey.lastIndexOf('/') + 1), other.sourceLine);
  const whose = other.runId === undefined ? `${place} of the same run` : `${place} of ${printable(other.runId)}`;
  if (decidedBy === undefined) return `is the very version of ${whose}: nothing was written`;
  const wins = verdict === 'updated' || verdict === 'unchanged';
  const [left, right] = [compared(decidedBy, decision.row), compared(decidedBy, other)];
  const reason = `${decidedBy}, ${left} ${wins ? '>' : '<'} ${right}`;
  if (verdict === 'unchanged') return `won by ${reason}, over ${whose}, which says the same: its version moved on`;
  return wins ? `won by ${reason}, over ${whose}` : `lost by ${reason}, to ${whose}`;
}

export function placeOf(key: string, line: number): string {
  return `${printable(key)}:${line}`;
}

type ComparedRow = Omit<NonNullable<Decision['other']>, 'runId'>;

function compared(field: VersionField, row: ComparedRow): string {
  switch (field) {
    case 'terminal':
      return printable(row.status);
    case 'transaction_date':
      return row.transactionDate;
    case 'status_rank':
      return `${printable(row.status)} (${row.statusRank})`;
    case 'source_day':
      return row.sourceDay ?? 'unknown';
    case 'source_modified':
      return row.sourceModified === undefined ? 'unknown' : new Date(row.sourceModified).toISOString();
    case 'source_line':
      return String(row.sourceLine);
    case 'source_key':
      return printable(row.sourceKey);
  }
}
