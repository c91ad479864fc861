import { setTimeout as sleep } from 'node:timers/promises';
import { BatchStopJobRunCommand, type GlueClientConfig } from '@aws-sdk/client-glue';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { InjectedFault } from '@weir/aws-simulator';
import { GlueJobLauncher } from '../src/glue/glue-job-launcher.ts';
import { toJobState } from '../src/glue/job-state.ts';
import { type SimulatedGlue, useSimulatedGlue } from './support/simulated-glue.ts';

const openGlue = useSimulatedGlue();
let glue: SimulatedGlue;
let jobName: string;

beforeEach(async () => {
  glue = await openGlue();
  jobName = glue.makeJob(5);
});

const launch = (config: GlueClientConfig = {}) => new GlueJobLauncher({ client: glue.openClient(config), jobName });
const started = () => glue.simulator.glue.runsOf(jobName).length;
const inject = (operation: string, when: InjectedFault['when'], as: InjectedFault['as']) =>
  glue.simulator.injectFault({ service: 'AWSGlue', operation, call: 1, when, as });

describe('a start', () => {
  test.each([
    ['the connection was lost after it', 'after', 'reset'],
    ['the connection was lost before it', 'before', 'reset'],
    ['Glue broke over it when it had begun', 'after', 500],
    ['Glue broke over it before it began', 'before', 500],
  ] as const)('is never repeated where it is not known whether it had effect: %s', async (_, when, as) => {
    inject('StartJobRun', when, as);
    await expect(launch().start('run-1')).rejects.toMatchObject({
      code: 'job.start-unknown',
      retryable: true,
      message: `Whether the Glue job ${jobName} was started for run run-1 is not known: the answer was lost.`,
      context: { jobName, runId: 'run-1' },
    });
    expect(started()).toBe(when === 'after' ? 1 : 0);
  });

  test('is repeated where it was throttled', async () => {
    inject('StartJobRun', 'before', 'throttle');
    expect((await launch().start('run-1')).kind).toBe('started');
    expect(started()).toBe(1);
  });

  test('tells that Glue is not there as unreachable: nothing was started', async () => {
    const launcher = launch({ endpoint: 'http://127.0.0.1:1', maxAttempts: 1 });
    await expect(launcher.start('run-1')).rejects.toMatchObject({ code: 'job.unreachable', retryable: true });
  });

  test('is busy also where the account has no room', async () => {
    const as = { code: 'ResourceNumberLimitExceededException', status: 400, message: 'Too many DPUs' };
    inject('StartJobRun', 'before', as);
    expect(await launch().start('run-1')).toEqual({ kind: 'busy' });
  });
});

describe('a fault', () => {
  test('says that there is no such job', async () => {
    const launcher = new GlueJobLauncher({ client: glue.openClient(), jobName: 'nowhere' });
    for (const call of [() => launcher.start('run-1'), () => launcher.find('run-1')]) {
      await expect(call()).rejects.toMatchObject({
        code: 'job.not-found',
        message: expect.stringMatching(/^The Glue job nowhere cannot be .* for run run-1: there is no such job\.$/),
        remedy: 'Deploy again, or correct glue.jobName in the configuration.',
        retryable: false,
      });
    }
  });

  test('says which permission is missing', async () => {
    const denied = { code: 'AccessDeniedException', status: 400, message: 'No' };
    const launcher = launch();
    inject('StartJobRun', 'before', denied);
    await expect(launcher.start('run-1')).rejects.toMatchObject({
      code: 'job.forbidden',
      remedy: expect.stringContaining('Allow glue:StartJobRun'),
    });
    inject('GetJobRuns', 'before', denied);
    await expect(launcher.find('run-1')).rejects.toMatchObject({
      code: 'job.forbidden',
      remedy: expect.stringContaining('Allow glue:GetJobRuns'),
    });
    inject('GetJobRun', 'before', denied);
    await expect(launcher.read('jr_1')).rejects.toMatchObject({ code: 'job.forbidden' });
  });

  test('that passes is waited for where nothing is started', async () => {
    const launcher = launch();
    await launcher.start('run-1');
    inject('GetJobRuns', 'before', 500);
    inject('GetJobRun', 'before', 'throttle');
    const job = await launcher.find('run-1');
    expect((await launcher.read(job!.jobRunId))?.runId).toBe('run-1');
  });
});

test('a job that was stopped has failed, and says so', async () => {
  const launcher = launch();
  const job = await launcher.start('run-1');
  const id = job.kind === 'started' ? job.jobRunId : '';
  await glue.openClient().send(new BatchStopJobRunCommand({ JobName: jobName, JobRunIds: [id] }));
  while (glue.simulator.glue.runsOf(jobName)[0]!.state !== 'STOPPED') await sleep(2);
  expect((await launcher.read(id))?.state).toEqual({
    kind: 'failed',
    reason: 'The job run ended in the state STOPPED.',
  });
});

test.each([
  [{ JobRunState: 'WAITING' }, { kind: 'waiting' }],
  [{ JobRunState: 'STARTING' }, { kind: 'waiting' }],
  [{ JobRunState: 'RUNNING' }, { kind: 'running' }],
  [{ JobRunState: 'STOPPING' }, { kind: 'running' }],
  [{ JobRunState: 'SUCCEEDED' }, { kind: 'succeeded' }],
  [
    { JobRunState: 'FAILED', ErrorMessage: 'exit 1' },
    { kind: 'failed', reason: 'exit 1' },
  ],
  [
    { JobRunState: 'TIMEOUT', ErrorMessage: 'Job run timed out' },
    { kind: 'failed', reason: 'Job run timed out' },
  ],
  [
    { JobRunState: 'ERROR', StateDetail: 'no capacity' },
    { kind: 'failed', reason: 'no capacity' },
  ],
  [{ JobRunState: 'STOPPED' }, { kind: 'failed', reason: 'The job run ended in the state STOPPED.' }],
  [{ JobRunState: 'EXPIRED' }, { kind: 'failed', reason: 'The job run ended in the state EXPIRED.' }],
  [{ JobRunState: 'NEW' as never }, { kind: 'running' }],
  [
    { JobRunState: 'NEW' as never, CompletedOn: new Date(0) },
    { kind: 'failed', reason: 'The job run ended in the state NEW.' },
  ],
] as const)('the state of Glue %j means %j', (run, state) => {
  expect(toJobState(run)).toEqual(state);
});
