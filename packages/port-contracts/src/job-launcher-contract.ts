import assert from 'node:assert/strict';
import type { JobLauncher } from '@weir/core';
import { assertPortError } from './assert-port-error.ts';
import type { Contract } from './contract.ts';

export interface JobLauncherSubject {
  readonly launcher: JobLauncher;
  /** How many jobs may run at once: 2 or 3. */
  readonly mostAtOnce: number;
  /** Ends a job that runs or waits. */
  end(jobRunId: string, state: JobOutcome): Promise<void>;
  /** The service does what it is asked to next, but the answer does not arrive. */
  loseNextAnswer(): Promise<void>;
  /** The run ids of all jobs that the service was made to start, in the order of the starts. */
  started(): Promise<readonly (string | undefined)[]>;
}

export type JobOutcome = { readonly kind: 'succeeded' } | { readonly kind: 'failed'; readonly reason: string };

/** More than a page of a service's list. */
const MANY_JOBS = 210;

/** Starts the jobs that do runs. */
export const jobLauncherContract: Contract<JobLauncherSubject> = {
  port: 'JobLauncher',
  clauses: {
    'knows no job of a run that was not started, and no id that it did not give': async ({ launcher }) => {
      assert.equal(await launcher.find('run-1'), undefined);
      await start(launcher, 'run-1');
      for (const runId of ['run', 'run-', 'run-11', 'RUN-1', '']) assert.equal(await launcher.find(runId), undefined);
      assert.equal(await launcher.read('jr_unknown'), undefined);
    },

    'finds the job of a run by the run and by its own id': async ({ launcher, started }) => {
      const jobRunId = await start(launcher, 'run-1');
      for (const job of [await launcher.find('run-1'), await launcher.read(jobRunId)]) {
        assert.deepEqual([job?.jobRunId, job?.runId], [jobRunId, 'run-1']);
      }
      assert.deepEqual(await started(), ['run-1']);
    },

    'says waiting or running until the job has ended': async ({ launcher, end }) => {
      const jobRunId = await start(launcher, 'run-1');
      for (const job of [await launcher.find('run-1'), await launcher.read(jobRunId)]) {
        assert.ok(job?.state.kind === 'waiting' || job?.state.kind === 'running', job?.state.kind);
      }
      await end(jobRunId, { kind: 'succeeded' });
      assert.deepEqual((await launcher.read(jobRunId))?.state, { kind: 'succeeded' });
      assert.deepEqual((await launcher.find('run-1'))?.state, { kind: 'succeeded' });
    },

    'tells the reason of a job that failed in the words of the service': async ({ launcher, end }) => {
      const jobRunId = await start(launcher, 'run-1');
      const other = await start(launcher, 'run-2');
      const reason = 'Error Category: UNCLASSIFIED_ERROR; é "quoted"; exit code 1';
      await end(jobRunId, { kind: 'failed', reason });
      for (const job of [await launcher.find('run-1'), await launcher.read(jobRunId)]) {
        assert.deepEqual(job?.state, { kind: 'failed', reason });
      }
      assert.notEqual((await launcher.read(other))?.state.kind, 'failed');
    },

    'keeps the jobs of different runs apart': async ({ launcher }) => {
      const one = await start(launcher, 'run-1');
      const two = await start(launcher, 'run-12');
      assert.notEqual(one, two);
      assert.equal((await launcher.find('run-1'))?.jobRunId, one);
      assert.equal((await launcher.find('run-12'))?.jobRunId, two);
    },

    'starts a job for each call, and finds the newest of a run': async ({ launcher, end }) => {
      const first = await start(launcher, 'run-1');
      await end(first, { kind: 'failed', reason: 'killed' });
      const second = await start(launcher, 'run-1');
      assert.notEqual(first, second);
      assert.equal((await launcher.find('run-1'))?.jobRunId, second);
      assert.equal((await launcher.read(first))?.state.kind, 'failed');
    },

    'takes run ids with letters, digits, points, colons and dashes': async ({ launcher, end }) => {
      for (const runId of ['run-0123456789abcdef01234567', '20230315T061502Z-3f9a2c', 'a.b:c_d', 'x'.repeat(64)]) {
        const jobRunId = await start(launcher, runId);
        assert.equal((await launcher.read(jobRunId))?.runId, runId);
        assert.equal((await launcher.find(runId))?.jobRunId, jobRunId);
        await end(jobRunId, { kind: 'succeeded' });
      }
    },

    'is busy where as many jobs run as may, and starts again when one has ended': async (subject) => {
      const { launcher, mostAtOnce, end, started } = subject;
      const jobs: string[] = [];
      for (let i = 0; i < mostAtOnce; i++) jobs.push(await start(launcher, `run-${i}`));
      assert.deepEqual(await launcher.start('run-late'), { kind: 'busy' });
      assert.equal(await launcher.find('run-late'), undefined);
      assert.equal((await started()).length, mostAtOnce);
      await end(jobs[0]!, { kind: 'succeeded' });
      const late = await start(launcher, 'run-late');
      assert.equal((await launcher.find('run-late'))?.jobRunId, late);
      assert.deepEqual(await launcher.start('run-later'), { kind: 'busy' });
    },

    'says that it does not know where the answer was lost, starts no second job, and finds the one': async (
      subject,
    ) => {
      const { launcher, loseNextAnswer, started } = subject;
      await loseNextAnswer();
      const error = await assertPortError(() => launcher.start('run-1'), 'job.start-unknown');
      assert.equal(error.retryable, true);
      assert.deepEqual(await started(), ['run-1']);
      assert.equal((await launcher.find('run-1'))?.runId, 'run-1');
    },

    'finds a job behind many newer ones': async ({ launcher, end }) => {
      const first = await start(launcher, 'run-first');
      for (let i = 0; i < MANY_JOBS; i++) await end(await start(launcher, `run-${i}`), { kind: 'succeeded' });
      assert.equal((await launcher.find('run-first'))?.jobRunId, first);
      assert.equal(await launcher.find('run-none'), undefined);
    },
  },
};

async function start(launcher: JobLauncher, runId: string): Promise<string> {
  const answer = await launcher.start(runId);
  assert.ok(answer.kind === 'started', `the start of ${runId} is ${answer.kind}`);
  assert.ok(answer.jobRunId.length > 0);
  return answer.jobRunId;
}
