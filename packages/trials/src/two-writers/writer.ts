import type { GatedPool } from './gated-pool.ts';
import { PhaseGate } from './phase-gate.ts';

/** Somebody who changes the database, phase by phase. */
export interface Writer<Result = unknown> {
  readonly gate: PhaseGate;
  readonly connections: GatedPool;
  /** What it came to; never rejects. */
  readonly end: Promise<WriterEnd<Result>>;
}

export type WriterEnd<Result> = { readonly result: Result; readonly error?: never } | { readonly error: Error };

/** @param work goes through the gate before each of its phases, the first one too */
export function startWriter<Result>(
  connections: GatedPool,
  work: (gate: PhaseGate) => Promise<Result>,
): Writer<Result> {
  const gate = new PhaseGate();
  connections.gate = gate;
  const end = work(gate)
    .then(
      (result): WriterEnd<Result> => ({ result }),
      (error: Error): WriterEnd<Result> => ({ error }),
    )
    .finally(() => gate.end());
  return { gate, connections, end };
}
