import type { Job, JobLauncher, JobStart, JobState } from '../ports/job-launcher.port.ts';
import { PortError } from '../ports/port-error.ts';

/** Starts jobs that do nothing: a test does their work and ends them. */
export class InMemoryJobLauncher implements JobLauncher {
  readonly #mostAtOnce: number;
  readonly #jobs: Job[] = [];
  #losesAnswer = false;

  /** @param mostAtOnce how many jobs may run at once; more are `busy` */
  constructor(mostAtOnce = Number.POSITIVE_INFINITY) {
    this.#mostAtOnce = mostAtOnce;
  }

  async start(runId: string): Promise<JobStart> {
    const running = this.#jobs.filter(({ state }) => isUnderWay(state));
    if (running.length >= this.#mostAtOnce) return { kind: 'busy' };
    const jobRunId = `job-${this.#jobs.length + 1}`;
    this.#jobs.push({ jobRunId, runId, state: { kind: 'running' } });
    if (this.#losesAnswer) {
      this.#losesAnswer = false;
      throw new PortError({
        code: 'job.start-unknown',
        message: `The answer to the start of a job for run ${runId} was lost.`,
        retryable: true,
        context: { runId },
      });
    }
    return { kind: 'started', jobRunId };
  }

  async find(runId: string): Promise<Job | undefined> {
    return this.#jobs.findLast((job) => job.runId === runId);
  }

  async read(jobRunId: string): Promise<Job | undefined> {
    return this.#jobs.find((job) => job.jobRunId === jobRunId);
  }

  /** All jobs in the order of their starts. */
  jobs(): readonly Job[] {
    return [...this.#jobs];
  }

  /** Ends a job; one that has ended stays as it is. */
  end(jobRunId: string, state: JobState = { kind: 'succeeded' }): void {
    const place = this.#jobs.findIndex((job) => job.jobRunId === jobRunId);
    const job = this.#jobs[place];
    if (job === undefined) throw new Error(`There is no job ${jobRunId}.`);
    if (isUnderWay(job.state)) this.#jobs[place] = { ...job, state };
  }

  /** Starts the next job, but loses the answer. */
  loseNextAnswer(): void {
    this.#losesAnswer = true;
  }
}

function isUnderWay({ kind }: JobState): boolean {
  return kind === 'waiting' || kind === 'running';
}
