import type { PlannedFault } from './fault-gate.ts';

/** One way of the pipeline from files that wait to nothing left to do, through the faults of a plan. */
export type Live = (faults: readonly PlannedFault[]) => Promise<Life>;

export interface Life {
  /** The name of every external call that was made by a living process. */
  readonly calls: readonly string[];
  /** Processes in their order. */
  readonly processes: readonly LifeProcess[];
  readonly violations: readonly string[];
}

/** A process knows nothing but what its stores hold: two that begin with the same do the same. */
export interface LifeProcess {
  /** The number of its first call, from 1. */
  readonly firstCall: number;
  /** All that it could tell it from another one by. */
  readonly begin: string;
}
