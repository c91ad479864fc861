import { randomBytes } from 'node:crypto';
import { ServiceFault } from '../server/service.ts';
import { type GlueJobDefinition, isRunning, type JobRun } from './glue-job.ts';

const DEFAULT_TIMEOUT = 480;

export interface RunRequest {
  readonly arguments: Readonly<Record<string, string>> | undefined;
  /** A run of which this one is another attempt. */
  readonly previousId: string | undefined;
  /** Minutes of AWS. */
  readonly timeout: number | undefined;
}

/** The runs of all jobs, oldest first. */
export class JobRuns {
  readonly #runs = new Map<string, JobRun>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @throws ServiceFault `ConcurrentRunsExceededException`, `EntityNotFoundException` */
  add(jobName: string, job: GlueJobDefinition, request: RunRequest): JobRun {
    const previous = request.previousId === undefined ? undefined : this.get(jobName, request.previousId);
    const running = this.of(jobName).filter(isRunning).length;
    if (running >= (job.maxConcurrentRuns ?? 1))
      throw new ServiceFault('ConcurrentRunsExceededException', `Concurrent runs exceeded for ${jobName}`);
    const id = `jr_${randomBytes(32).toString('hex')}`;
    const at = this.#now();
    const run: JobRun = {
      ...{ id, jobName, previous: previous?.id, attempt: previous === undefined ? 0 : previous.attempt + 1 },
      arguments: request.arguments ?? previous?.arguments ?? {},
      timeout: request.timeout ?? job.timeout ?? DEFAULT_TIMEOUT,
      abort: new AbortController(),
      ...{ startedAt: at, modifiedAt: at, completedAt: undefined, state: 'STARTING', message: undefined },
    };
    this.#runs.set(id, run);
    return run;
  }

  /** @throws ServiceFault `EntityNotFoundException` */
  get(jobName: string, id: string): JobRun {
    const run = this.#runs.get(id);
    if (run?.jobName === jobName) return run;
    throw new ServiceFault('EntityNotFoundException', `Entity not found (Service: AWSGlue; job run ${id})`);
  }

  find(id: string): JobRun | undefined {
    return this.#runs.get(id);
  }

  of(jobName: string): readonly JobRun[] {
    return [...this.#runs.values()].filter((run) => run.jobName === jobName);
  }

  all(): Iterable<JobRun> {
    return this.#runs.values();
  }
}
