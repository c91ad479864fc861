import type { Decision } from '@weir/core';
import type { Column } from '../output/column.ts';

/** The decisions about a transaction, for programs. */
export const DECISION_COLUMNS: readonly Column<Decision>[] = [
  { name: 'decidedAt', value: ({ decidedAt }) => new Date(decidedAt).toISOString() },
  { name: 'runId', value: ({ runId }) => runId },
  { name: 'verdict', value: ({ verdict }) => verdict },
  { name: 'decidedBy', value: ({ decidedBy }) => decidedBy },
  { name: 'sourceKey', value: ({ row }) => row.sourceKey },
  { name: 'sourceLine', value: ({ row }) => row.sourceLine },
  { name: 'transactionDate', value: ({ row }) => row.transactionDate },
  { name: 'status', value: ({ row }) => row.status },
  { name: 'otherRunId', value: ({ other }) => other?.runId },
  { name: 'otherSourceKey', value: ({ other }) => other?.sourceKey },
  { name: 'otherSourceLine', value: ({ other }) => other?.sourceLine },
  { name: 'otherTransactionDate', value: ({ other }) => other?.transactionDate },
  { name: 'otherStatus', value: ({ other }) => other?.status },
  { name: 'undoneAt', value: ({ undoneAt }) => (undoneAt === undefined ? null : new Date(undoneAt).toISOString()) },
];
