import type { RunJob } from '../../../glue-job/src/testing/run-job.ts';
import type { Chance } from '../kills/choose-points.ts';

/** One in four is killed, unless it ends before that. */
const ONE_IN = 4;
const MOST_MS = 3_000;

export interface KilledJobs {
  readonly run: RunJob;
  readonly started: number;
  readonly killed: number;
  /** From now on no job is killed. */
  spare(): void;
}

/** Kills some jobs with all their workers, at any moment of their work. */
export function killSomeJobs(run: RunJob, chance: Chance): KilledJobs {
  const counts = { started: 0, killed: 0 };
  let isOver = false;
  return {
    get started() {
      return counts.started;
    },
    get killed() {
      return counts.killed;
    },
    spare() {
      isOver = true;
    },
    async run(job) {
      counts.started++;
      const isDoomed = chance(ONE_IN) === 0 && !isOver;
      const after = chance(MOST_MS);
      if (!isDoomed) return await run(job);
      const death = new AbortController();
      const timer = setTimeout(() => {
        counts.killed++;
        death.abort(new Error('The machine of this job is gone.'));
      }, after);
      try {
        return await run({ ...job, signal: AbortSignal.any([job.signal, death.signal]) });
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
