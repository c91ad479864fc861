import type { UndoStep } from '@weir/core';

/** The values of a row of `selectUndoSteps`, in the order of `UNDO_STEP_COLUMNS`. */
export function readUndoStep(values: readonly string[]): UndoStep {
  const [transactionId, action, runId, key, contentHash, line] = values as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  if (action !== 'restore') return { kind: action as 'delete' | 'doubtful', transactionId };
  return { kind: 'restore', transactionId, source: { runId, key, contentHash }, line: Number(line) };
}
