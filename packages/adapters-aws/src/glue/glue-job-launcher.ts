import {
  GetJobRunCommand,
  GetJobRunsCommand,
  type GlueClient,
  type JobRun,
  StartJobRunCommand,
} from '@aws-sdk/client-glue';
import type { Job, JobLauncher, JobStart } from '@weir/core';
import { codeOf } from '../faults/describe-service-fault.ts';
import { toJobFault } from './job-fault.ts';
import { toJobState } from './job-state.ts';
import { startAtMostOnce } from './start-at-most-once.ts';

export interface GlueJobLauncherOptions {
  readonly client: GlueClient;
  readonly jobName: string;
}

const RUN_ID = '--run-id';
const RUNS_A_PAGE = 200;

/** Of this job, and of all jobs of the account. */
const BUSY = new Set(['ConcurrentRunsExceededException', 'ResourceNumberLimitExceededException']);

/** Runs of one Glue job, each with `--run-id` among its arguments. */
export class GlueJobLauncher implements JobLauncher {
  readonly #client: GlueClient;
  readonly #jobName: string;

  constructor({ client, jobName }: GlueJobLauncherOptions) {
    this.#client = client;
    this.#jobName = jobName;
  }

  async start(runId: string): Promise<JobStart> {
    const command = startAtMostOnce(new StartJobRunCommand({ JobName: this.#jobName, Arguments: { [RUN_ID]: runId } }));
    try {
      const { JobRunId } = await this.#client.send(command);
      return { kind: 'started', jobRunId: JobRunId! };
    } catch (error) {
      if (BUSY.has(codeOf(error))) return { kind: 'busy' };
      throw toJobFault(error, this.#jobName, 'start', runId);
    }
  }

  async find(runId: string): Promise<Job | undefined> {
    let token: string | undefined;
    let newest: JobRun | undefined;
    try {
      do {
        const { JobRuns, NextToken } = await this.#client.send(
          new GetJobRunsCommand({
            JobName: this.#jobName,
            MaxResults: RUNS_A_PAGE,
            ...(token === undefined ? {} : { NextToken: token }),
          }),
        );
        for (const run of JobRuns ?? []) {
          if (run.Arguments?.[RUN_ID] === runId && isNewer(run, newest)) newest = run;
        }
        token = newest === undefined ? NextToken : undefined;
      } while (token !== undefined && token !== '');
    } catch (error) {
      throw toJobFault(error, this.#jobName, 'find', runId);
    }
    return newest === undefined ? undefined : toJob(newest);
  }

  async read(jobRunId: string): Promise<Job | undefined> {
    try {
      const { JobRun } = await this.#client.send(new GetJobRunCommand({ JobName: this.#jobName, RunId: jobRunId }));
      return JobRun === undefined ? undefined : toJob(JobRun);
    } catch (error) {
      if (codeOf(error) === 'EntityNotFoundException') return undefined;
      throw toJobFault(error, this.#jobName, 'read', jobRunId);
    }
  }
}

/** Glue lists the newest first, but does not promise it. */
function isNewer(run: JobRun, other: JobRun | undefined): boolean {
  return other === undefined || (run.StartedOn?.getTime() ?? 0) > (other.StartedOn?.getTime() ?? 0);
}

function toJob(run: JobRun): Job {
  return { jobRunId: run.Id!, runId: run.Arguments?.[RUN_ID], state: toJobState(run) };
}
