import { addBooks, FAULTS, type FaultCode, type HistoryTotals } from '@weir/core';
import { parseTimestamp } from '../format-timestamp.ts';
import { codeColumn } from '../queries/code-column.ts';
import { readBooks } from './read-books.ts';
import type { TextRow } from './text-row.ts';

/** @param runs,files the rows of `selectRunTotals` and `selectFileTotals` */
export function readHistoryTotals(
  runs: readonly TextRow[],
  files: readonly TextRow[],
): Omit<HistoryTotals, 'openRejects'> {
  const rejectsByCode: Partial<Record<FaultCode, number>> = {};
  for (const { code } of FAULTS) {
    const count = files.reduce((sum, row) => sum + Number(row[codeColumn(code)]), 0);
    if (count > 0) rejectsByCode[code] = count;
  }
  const successes = runs.filter(({ status }) => status !== 'failed').map((row) => parseTimestamp(row.last_finished!));
  return {
    runs: Object.fromEntries(runs.map((row) => [row.status, Number(row.runs)])),
    files: Object.fromEntries(files.map((row) => [row.status, Number(row.files)])),
    rows: addBooks(runs.map(readBooks)),
    rejectsByCode,
    lastSuccessAt: successes.length === 0 ? undefined : Math.max(...successes),
  };
}
