import { PortError } from '@weir/core';
import type { TextRow } from './text-row.ts';

/**
 * @param mismatches rows of `selectCountMismatches`
 * @throws PortError `warehouse.count-mismatch`, where there is one
 */
export function requireCounts(mismatches: readonly TextRow[]): void {
  const [first] = mismatches;
  if (first === undefined) return;
  const { source_key: key, rows_read, rejected, staged_rows, staged_rejects } = first;
  throw new PortError({
    code: 'warehouse.count-mismatch',
    message: `The stage holds ${staged_rows} rows and ${staged_rejects} rejects of ${key}, but ${rows_read} rows were read and ${rejected} rejected; nothing was committed.`,
    remedy: 'Run again. If it happens again, report it: the transform lost or doubled lines.',
    context: {
      key: key!,
      files: mismatches.length,
      read: Number(rows_read),
      rejected: Number(rejected),
      stagedRows: Number(staged_rows),
      stagedRejects: Number(staged_rejects),
    },
  });
}
