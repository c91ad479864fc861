import type { FoundFault } from '@weir/core';
import { type Column, membersOf } from '../output/column.ts';
import type { ValidationResult } from './validation-result.ts';

/** As `--json` prints it: every member is always there, null where there is nothing to say. */
export function validationDocument(results: readonly ValidationResult[], notLookedFor: readonly string[]): unknown {
  return {
    files: results.map(({ problem, sourceDay, faults, ...rest }) => ({
      ...rest,
      sourceDay: sourceDay ?? null,
      problem: problem === undefined ? null : { ...problem, remedy: problem.remedy ?? null },
      faults: faults.map((fault) => ({ ...fault, value: fault.value ?? null })),
    })),
    notLookedFor,
  };
}

/** A fault, or why a whole file would be refused: then only `code` and `message` are known. */
export type FaultRow = Partial<Omit<FoundFault, 'code'>> & { readonly file: string; readonly code: string };

export const FAULT_COLUMNS: readonly Column<FaultRow>[] = membersOf(
  'file',
  'line',
  'column',
  'value',
  'code',
  'message',
);
