import type { FileRecord, RunSummary } from '@weir/core';
import { BOOKS_COLUMNS } from '../output/books-columns.ts';
import { type Column, membersOf } from '../output/column.ts';
import { formatTime } from '../output/format-amount.ts';

/** For people only the telling verdicts, for programs all. */
const SHOWN = new Set(['read', 'inserted', 'updated', 'rejected']);

export const RUN_COLUMNS: readonly Column<RunSummary>[] = [
  { name: 'runId', title: 'run', value: (run) => run.runId },
  ...membersOf('status'),
  {
    name: 'startedAt',
    title: 'started (UTC)',
    value: ({ startedAt }) => new Date(startedAt).toISOString(),
    show: ({ startedAt }) => formatTime(startedAt).slice(0, -4),
    spare: true,
  },
  { name: 'finishedAt', value: ({ finishedAt }) => new Date(finishedAt).toISOString(), only: 'csv' },
  { name: 'policyHash', value: (run) => run.policyHash, only: 'csv' },
  ...membersOf('files'),
  ...BOOKS_COLUMNS.map(
    ({ name, value }): Column<RunSummary> => ({
      name,
      value: ({ totals }) => value(totals),
      ...(SHOWN.has(name) ? {} : { only: 'csv' }),
    }),
  ),
  { name: 'error', value: (run) => run.error, only: 'csv' },
  {
    name: 'undoneAt',
    value: ({ undoneAt }) => (undoneAt === undefined ? null : new Date(undoneAt).toISOString()),
    only: 'csv',
  },
];

/** The files of a run, for programs. */
export const FILE_COLUMNS: readonly Column<FileRecord>[] = [
  ...membersOf('key', 'status', 'contentHash', 'sourceDay', 'size'),
  ...BOOKS_COLUMNS.map(({ name, value }): Column<FileRecord> => ({ name, value: ({ books }) => value(books) })),
  { name: 'refusal', value: ({ refusal }) => refusal?.code },
];
