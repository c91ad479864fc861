import type { RunEntry, RunFields } from '../../ports/run-ledger.port.ts';

/** The part of an entry that may be replaced, with some of it changed. */
export function changeFields(entry: RunEntry, changes: Partial<RunFields> = {}): RunFields {
  const { files, state, lease, notifiedAt, settledAt } = entry;
  return { files, state, lease, notifiedAt, settledAt, ...changes };
}
