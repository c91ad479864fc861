import { jsonResponse, readJson } from '../server/encode-json.ts';
import {
  notImplemented,
  ServiceFault,
  type ServiceRequest,
  type ServiceResponse,
  type SimulatedService,
} from '../server/service.ts';
import type { SimulatorContext } from '../server/simulator-context.ts';
import { describeJob, describeRun } from './describe-run.ts';
import { type GlueJobDefinition, type GlueOptions, isRunning, type JobRun } from './glue-job.ts';
import { JobRuns } from './job-runs.ts';
import { runJob } from './run-job.ts';

type Input = Readonly<Record<string, unknown>>;

const MOST_RUNS_A_PAGE = 200;
const LONGEST_ARGUMENTS = 260 * 1024;

/** Job runs of Glue that really run. */
export class GlueService implements SimulatedService {
  readonly target = 'AWSGlue';
  readonly #context: SimulatorContext;
  readonly #options: GlueOptions;
  readonly #jobs: Map<string, GlueJobDefinition>;
  readonly #runs: JobRuns;
  readonly #running = new Set<Promise<void>>();

  constructor(context: SimulatorContext, options: GlueOptions = { jobs: {} }) {
    this.#context = context;
    this.#options = options;
    this.#jobs = new Map(Object.entries(options.jobs));
    this.#runs = new JobRuns(() => context.now().getTime());
  }

  /** Adds a job or replaces one; runs under way are not touched. */
  defineJob(name: string, job: GlueJobDefinition): void {
    this.#jobs.set(name, job);
  }

  /** Runs of a job, oldest first: for tests. */
  runsOf(jobName: string): readonly Pick<JobRun, 'id' | 'state' | 'arguments' | 'message'>[] {
    return this.#runs.of(jobName);
  }

  async handle(request: ServiceRequest): Promise<ServiceResponse> {
    return jsonResponse(this.#answer(request.operation ?? '', readJson(request)));
  }

  /** Stops what runs. */
  async close(): Promise<void> {
    for (const run of this.#runs.all()) if (isRunning(run)) stop(run);
    await Promise.all(this.#running);
  }

  #answer(operation: string, input: Input): unknown {
    switch (operation) {
      case 'StartJobRun':
        return { JobRunId: this.#start(input) };
      case 'GetJobRun': {
        const name = String(input.JobName);
        const job = this.#job(name);
        return { JobRun: describeRun(this.#runs.get(name, String(input.RunId)), job) };
      }
      case 'GetJobRuns':
        return this.#list(input);
      case 'GetJob':
        return { Job: describeJob(String(input.JobName), this.#job(input.JobName)) };
      case 'BatchStopJobRun':
        return this.#stop(input);
      default:
        throw notImplemented(`${operation} of Glue`);
    }
  }

  #start(input: Input): string {
    const name = String(input.JobName);
    const job = this.#job(name);
    if (input.JobRunQueuingEnabled === true) throw notImplemented('the queue of job runs');
    const given = input.Arguments as Readonly<Record<string, string>> | undefined;
    if (Buffer.byteLength(JSON.stringify(given ?? {})) > LONGEST_ARGUMENTS)
      throw new ServiceFault('InvalidInputException', 'Job arguments are longer than 260 KB.');
    const run = this.#runs.add(name, job, {
      arguments: given,
      previousId: input.JobRunId === undefined ? undefined : String(input.JobRunId),
      timeout: input.Timeout as number | undefined,
    });
    const work = this.#context.work.track(`job run ${name} ${run.id}`, () =>
      runJob(run, job, this.#context, this.#options),
    );
    const tracked = work.finally(() => this.#running.delete(tracked));
    this.#running.add(tracked);
    return run.id;
  }

  /** Newest first. */
  #list({ JobName, NextToken = '0', MaxResults = MOST_RUNS_A_PAGE }: Input): unknown {
    const job = this.#job(JobName);
    const runs = this.#runs.of(String(JobName)).toReversed();
    const start = Number(NextToken);
    const end = start + Math.min(Number(MaxResults), MOST_RUNS_A_PAGE);
    return {
      JobRuns: runs.slice(start, end).map((run) => describeRun(run, job)),
      ...(end < runs.length && { NextToken: String(end) }),
    };
  }

  #stop({ JobName, JobRunIds }: Input): unknown {
    const name = String(JobName);
    this.#job(name);
    const stopped: object[] = [];
    const errors: object[] = [];
    for (const id of JobRunIds as readonly string[]) {
      const run = this.#runs.find(id);
      const entry = { JobName: name, JobRunId: id };
      const refuse = (ErrorCode: string, ErrorMessage: string) =>
        errors.push({ ...entry, ErrorDetail: { ErrorCode, ErrorMessage } });
      if (run?.jobName !== name) refuse('JobRunNotFoundException', `Job run ${id} was not found.`);
      else if (!isRunning(run)) refuse('JobRunNotInTerminalStateException', `Job run ${id} is over.`);
      else {
        stop(run);
        stopped.push(entry);
      }
    }
    return { SuccessfulSubmissions: stopped, Errors: errors };
  }

  /** @throws ServiceFault `EntityNotFoundException` */
  #job(name: unknown): GlueJobDefinition {
    const job = this.#jobs.get(String(name));
    if (job !== undefined) return job;
    throw new ServiceFault('EntityNotFoundException', `Failed to start job run due to missing metadata: ${name}`);
  }
}

function stop(run: JobRun): void {
  run.state = 'STOPPING';
  run.abort.abort(new Error('The job run was stopped.'));
}
