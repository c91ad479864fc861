import type { PlannedObservation } from './planned-stores.ts';

/** I6 for planned runs: none is left open, each had one job, and people were told of each, at most once more a fault. */
export function checkPlanned({ open, jobs, notices }: PlannedObservation, faults: number): readonly string[] {
  const runs = new Set(jobs.map(({ runId }) => runId!));
  return [
    ...open.map(({ runId, state }) => `I6 the run ${runId} is left ${state.kind}`),
    ...[...runs].flatMap((runId) => {
      const started = jobs.filter((job) => job.runId === runId).length;
      return started === 1 ? [] : [`I6 the run ${runId} had ${started} jobs`];
    }),
    ...[...runs].flatMap((runId) => {
      const told = notices.filter((noticed) => noticed === runId).length;
      return told >= 1 && told <= 1 + faults ? [] : [`I6 people were told of the run ${runId} ${told} times`];
    }),
  ];
}
