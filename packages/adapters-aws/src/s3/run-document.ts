import type { RunEntry, RunFields, RunPlan } from '@weir/core';

/** A run's entry as it is stored. */
export interface RunDocument {
  readonly isClosed: boolean;
  readonly entry: Omit<RunEntry, 'revision'>;
}

export function toRunDocument(plan: RunPlan, fields: RunFields): RunDocument {
  const { runId, plannedAt, policy } = plan;
  const { files, state, lease, notifiedAt, settledAt } = fields;
  return { isClosed: false, entry: { runId, plannedAt, policy, files, state, lease, notifiedAt, settledAt } };
}

export function toRunEntry({ entry }: RunDocument, revision: string): RunEntry {
  return { ...entry, revision };
}
