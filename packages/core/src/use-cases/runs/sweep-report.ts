import type { LandedFile } from '../../ports/landing-zone.port.ts';
import { isPortError } from '../../ports/port-error.ts';
import type { RunStart } from './start-run.ts';

/** What a sweep did. Lists hold the first 100 entries, numbers count all. */
export interface Reconciliation {
  /** Runs whose end nobody had heard of. */
  readonly ended: readonly string[];
  readonly notified: readonly string[];
  readonly settled: readonly string[];
  /** Number of files of closed runs that still lay in the landing place, and were taken away now. */
  readonly takenAway: number;
  /** Number of file versions that were freed for another run. */
  readonly released: number;
  /** What became of the runs that were planned now or waited. */
  readonly starts: readonly RunStart[];
  /** File versions in the landing place that failed often enough and wait for people. */
  readonly givenUp: number;
  readonly firstGivenUp: readonly LandedFile[];
  /** What could not be done now; the next sweep tries again. */
  readonly problems: number;
  readonly firstProblems: readonly SweepProblem[];
}

export interface SweepProblem {
  /** A run's id or a file's key. */
  readonly about: string;
  readonly code: string;
  readonly message: string;
}

const MOST_LISTED = 100;

/** What a sweep has done so far. */
export class SweepReport {
  readonly ended: string[] = [];
  readonly notified: string[] = [];
  readonly settled: string[] = [];
  readonly starts: RunStart[] = [];
  readonly givenUp = new Map<string, LandedFile>();
  readonly problems: SweepProblem[] = [];
  takenAway = 0;
  released = 0;

  addProblem(about: string, { code, message }: { readonly code: string; readonly message: string }): void {
    this.problems.push({ about, code, message });
  }

  /** Does one thing; a fault of a port keeps nothing else from being done. */
  async attempt(about: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!isPortError(error)) throw error;
      this.addProblem(about, error);
    }
  }

  toReconciliation(): Reconciliation {
    const first = <Item>(items: readonly Item[]) => items.slice(0, MOST_LISTED);
    return {
      ended: first(this.ended),
      notified: first(this.notified),
      settled: first(this.settled),
      takenAway: this.takenAway,
      released: this.released,
      starts: first(this.starts),
      givenUp: this.givenUp.size,
      firstGivenUp: first([...this.givenUp.values()]),
      problems: this.problems.length,
      firstProblems: first(this.problems),
    };
  }
}
