import { isPortError, type Job, type JobLauncher } from '@weir/core';
import { InMemoryJobLauncher } from '@weir/core/testing';
import type { JobLauncherSubject, Open } from '../../src/index.ts';
import { replaceMethods } from './replace-methods.ts';

/** Job launchers that are wrong on purpose. */
export const BAD_JOB_LAUNCHERS: Readonly<Record<string, Open<JobLauncherSubject>>> = {
  'finds by the beginning of an id': spoil((launcher) => ({
    find: async (runId) => launcher.jobs().findLast((job) => job.runId?.startsWith(runId)),
  })),
  'forgets for which run a job is': telling((job) => ({ ...job, runId: undefined })),
  'says succeeded at once': telling((job) =>
    job.state.kind === 'running' ? { ...job, state: { kind: 'succeeded' } } : job,
  ),
  'takes a failure for a success': telling((job) => ({
    ...job,
    state: { kind: job.state.kind === 'running' ? 'running' : 'succeeded' },
  })),
  'gives a reason of its own': telling((job) =>
    job.state.kind === 'failed' ? { ...job, state: { kind: 'failed', reason: 'The job failed.' } } : job,
  ),
  'finds the oldest job': spoil((launcher) => ({
    find: async (runId) => launcher.jobs().find((job) => job.runId === runId),
  })),
  'starts a run once': spoil((launcher) => ({
    start: async (runId) => {
      const known = await launcher.find(runId);
      return known === undefined ? launcher.start(runId) : { kind: 'started', jobRunId: known.jobRunId };
    },
  })),
  'cuts long ids': spoil((launcher) => ({ start: (runId) => launcher.start(runId.slice(0, 32)) })),
  'folds colons': spoil((launcher) => ({ start: (runId) => launcher.start(runId.replaceAll(':', '-')) })),
  'knows no limit': spoil(() => ({}), Number.POSITIVE_INFINITY),
  'stays busy': spoil((launcher) => {
    let isBusy = false;
    return {
      start: async (runId) => {
        const start = isBusy ? ({ kind: 'busy' } as const) : await launcher.start(runId);
        isBusy = start.kind === 'busy';
        return start;
      },
    };
  }),
  'throws where it is busy': spoil((launcher) => ({
    start: async (runId) => {
      const start = await launcher.start(runId);
      if (start.kind === 'busy') throw new Error('ConcurrentRunsExceededException');
      return start;
    },
  })),
  'starts again where an answer was lost': spoil((launcher) => ({
    start: (runId) =>
      launcher.start(runId).catch((error) => (isPortError(error) ? launcher.start(runId) : Promise.reject(error))),
  })),
  'takes a lost answer for a refusal': spoil((launcher) => ({
    start: (runId) => launcher.start(runId).catch(() => ({ kind: 'busy' })),
  })),
  'looks at the last two hundred jobs': spoil((launcher) => ({
    find: async (runId) =>
      launcher
        .jobs()
        .slice(-200)
        .findLast((job) => job.runId === runId),
  })),
};

function spoil(
  methods: (launcher: InMemoryJobLauncher) => Partial<JobLauncher>,
  mostAtOnce = 2,
): Open<JobLauncherSubject> {
  return async () => {
    const launcher = new InMemoryJobLauncher(mostAtOnce);
    return {
      launcher: replaceMethods<JobLauncher>(launcher, methods(launcher)),
      mostAtOnce: 2,
      end: async (jobRunId, state) => launcher.end(jobRunId, state),
      loseNextAnswer: async () => launcher.loseNextAnswer(),
      started: async () => launcher.jobs().map(({ runId }) => runId),
      close: async () => {},
    };
  };
}

function telling(map: (job: Job) => Job): Open<JobLauncherSubject> {
  return spoil((launcher) => ({
    find: async (runId) => mapFound(await launcher.find(runId), map),
    read: async (jobRunId) => mapFound(await launcher.read(jobRunId), map),
  }));
}

function mapFound(job: Job | undefined, map: (job: Job) => Job): Job | undefined {
  return job === undefined ? undefined : map(job);
}
