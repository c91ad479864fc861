import {
  BatchStopJobRunCommand,
  GetJobCommand,
  GetJobRunCommand,
  GetJobRunsCommand,
  GlueClient,
  StartJobRunCommand,
} from '@aws-sdk/client-glue';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type AwsSimulator, type GlueRun, startAwsSimulator } from '../src/index.ts';

let simulator: AwsSimulator;
let glue: GlueClient;
const JobName = 'load';
let runs: GlueRun[] = [];
let release: () => void;
let gate: Promise<void>;

beforeAll(async () => {
  simulator = await startAwsSimulator({
    secondMs: 2,
    glue: {
      jobs: {
        load: {
          defaultArguments: { '--config': 'default', '--day': 'none' },
          maxConcurrentRuns: 2,
          runner: async (run) => {
            runs.push(run);
            await Promise.race([gate, new Promise((resolve) => run.signal.addEventListener('abort', resolve))]);
            const fault = run.arguments['--fault'];
            if (fault === 'throw') throw new TypeError('no such day');
            return fault === undefined ? { state: 'SUCCEEDED' } : { state: 'FAILED', message: fault };
          },
        },
      },
    },
  });
  glue = new GlueClient(simulator.clientConfig);
});

beforeEach(() => {
  runs = [];
  gate = new Promise((resolve) => {
    release = resolve;
  });
});

afterAll(async () => {
  glue.destroy();
  await simulator.close();
});

const start = async (Arguments?: Record<string, string>, more: object = {}) =>
  (await glue.send(new StartJobRunCommand({ JobName, Arguments, ...more }))).JobRunId!;
const read = async (RunId: string) => (await glue.send(new GetJobRunCommand({ JobName, RunId }))).JobRun!;
const end = async (id: string) => {
  for (;;) {
    const run = await read(id);
    if (!['STARTING', 'RUNNING', 'STOPPING'].includes(run.JobRunState!)) return run;
  }
};

describe('a job run', () => {
  test('gets the arguments of the call over those of the job; GetJobRun tells those of the call', async () => {
    const id = await start({ '--day': '2023-03-15' });
    release();
    expect(await end(id)).toMatchObject({ JobRunState: 'SUCCEEDED', Arguments: { '--day': '2023-03-15' } });
    expect(runs.map((run) => run.arguments)).toEqual([{ '--config': 'default', '--day': '2023-03-15' }]);
  });

  test('is RUNNING, then what its runner says', async () => {
    const id = await start({ '--fault': 'SystemExit: 1' });
    while ((await read(id)).JobRunState === 'STARTING');
    expect((await read(id)).JobRunState).toBe('RUNNING');
    release();
    const last = await end(id);
    expect(last).toMatchObject({ JobRunState: 'FAILED', ErrorMessage: 'SystemExit: 1' });
    expect(last.CompletedOn).toBeInstanceOf(Date);
  });

  test('whose runner throws has failed', async () => {
    release();
    expect(await end(await start({ '--fault': 'throw' }))).toMatchObject({
      JobRunState: 'FAILED',
      ErrorMessage: 'TypeError: no such day',
    });
  });

  test('that is stopped has its signal aborted and ends STOPPED', async () => {
    const id = await start();
    const stopped = await glue.send(new BatchStopJobRunCommand({ JobName, JobRunIds: [id, 'jr_unknown'] }));
    expect(stopped.SuccessfulSubmissions).toEqual([{ JobName, JobRunId: id }]);
    expect(stopped.Errors!.map(({ ErrorDetail }) => ErrorDetail!.ErrorCode)).toEqual(['JobRunNotFoundException']);
    expect((await end(id)).JobRunState).toBe('STOPPED');
  });

  test('that takes longer than its timeout ends with TIMEOUT', async () => {
    const id = await start({}, { Timeout: 1 });
    expect((await end(id)).JobRunState).toBe('TIMEOUT');
    expect(runs[0]!.signal.aborted).toBe(true);
  });

  test('that names an earlier one is its next attempt, with its arguments', async () => {
    release();
    const first = await start({ '--day': '2023-03-15' });
    await end(first);
    const second = await end(await start(undefined, { JobRunId: first }));
    expect(second).toMatchObject({ PreviousRunId: first, Attempt: 1, Arguments: { '--day': '2023-03-15' } });
  });
});

describe('StartJobRun', () => {
  test('refuses more runs at once than the job allows', async () => {
    const ids = [await start(), await start()];
    await expect(start()).rejects.toMatchObject({ name: 'ConcurrentRunsExceededException' });
    release();
    for (const id of ids) await end(id);
    await end(await start());
  });

  test('starts a run each time it is called: a lost answer that is retried makes two', async () => {
    simulator.injectFault({ service: 'AWSGlue', operation: 'StartJobRun', call: 1, when: 'after', as: 'reset' });
    const before = simulator.glue.runsOf(JobName).length;
    release();
    await end(await start({ '--day': 'twice' }));
    await simulator.settle();
    expect(simulator.glue.runsOf(JobName).length - before).toBe(2);
  });

  test('knows no job that is not defined', async () => {
    await expect(glue.send(new StartJobRunCommand({ JobName: 'other' }))).rejects.toMatchObject({
      name: 'EntityNotFoundException',
    });
    await expect(read('jr_unknown')).rejects.toMatchObject({ name: 'EntityNotFoundException' });
  });
});

test('GetJobRuns lists the newest run first, in pages', async () => {
  release();
  const ids: string[] = [];
  for (let i = 0; i < 3; i++) {
    ids.unshift(await start({ '--n': String(i) }));
    await end(ids[0]!);
  }
  const first = await glue.send(new GetJobRunsCommand({ JobName, MaxResults: 2 }));
  const second = await glue.send(new GetJobRunsCommand({ JobName, MaxResults: 1, NextToken: first.NextToken }));
  expect([...first.JobRuns!, ...second.JobRuns!].map(({ Id }) => Id)).toEqual(ids);
});

test('GetJob tells how many runs may run at once', async () => {
  const { Job } = await glue.send(new GetJobCommand({ JobName }));
  expect(Job).toMatchObject({ Name: JobName, GlueVersion: '5.1', ExecutionProperty: { MaxConcurrentRuns: 2 } });
});

test('a run that is stopped while it is STARTING never reaches its runner', async () => {
  let calls = 0;
  const runner = async () => {
    calls++;
    return { state: 'SUCCEEDED' } as const;
  };
  const slow = await startAwsSimulator({ glue: { jobs: { slow: { runner } }, startMs: 1000 } });
  const client = new GlueClient(slow.clientConfig);
  const { JobRunId } = await client.send(new StartJobRunCommand({ JobName: 'slow' }));
  const run = { JobName: 'slow', RunId: JobRunId! };
  expect((await client.send(new GetJobRunCommand(run))).JobRun!.JobRunState).toBe('STARTING');
  await client.send(new BatchStopJobRunCommand({ JobName: 'slow', JobRunIds: [JobRunId!] }));
  await slow.settle();
  expect((await client.send(new GetJobRunCommand(run))).JobRun!.JobRunState).toBe('STOPPED');
  expect(calls).toBe(0);
  client.destroy();
  await slow.close();
});
