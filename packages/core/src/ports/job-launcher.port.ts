/** Starts the jobs that do runs, and tells how they are. */
export interface JobLauncher {
  /**
   * Starts the job of a run. Not idempotent: ask `find` first where an earlier call may have got through.
   *
   * @throws PortError `job.unreachable` (retryable), `job.not-found`, `job.forbidden`, `job.start-unknown` (retryable: the
   * answer was lost, so that the job may run)
   */
  start(runId: string): Promise<JobStart>;

  /** The newest job that was started for the run, as far back as the service remembers. */
  find(runId: string): Promise<Job | undefined>;

  /** One job by the id that `start` gave; undefined where the service does not know it. */
  read(jobRunId: string): Promise<Job | undefined>;
}

export type JobStart =
  | { readonly kind: 'started'; readonly jobRunId: string }
  /** As many jobs as may run at once do so: try again when one has ended. */
  | { readonly kind: 'busy' };

export interface Job {
  readonly jobRunId: string;
  /** The run it was started for; undefined where it was started by hand without one. */
  readonly runId: string | undefined;
  readonly state: JobState;
}

export type JobState =
  | { readonly kind: 'waiting' | 'running' | 'succeeded' }
  /** `reason` is the service's own sentence. */
  | { readonly kind: 'failed'; readonly reason: string };
